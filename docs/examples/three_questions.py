"""Who fails a critical criterion on child labour, where is too little answered, where are severe gaps?

Run it with `python docs/examples/three_questions.py`, in the folder of the project or with DASHBOARD_STORE set.
"""

import dashboard

CHILD_LABOUR = "RA06"


def main() -> None:
    """Print the three answers, each with the choice that it holds for."""
    figures = dashboard.open().figures

    answers = figures("country", risk_area=CHILD_LABOUR)
    failed = answers[answers.critical & (answers.value == 0)]
    print(f"Critical criteria on child labour that are not in place ({answers.attrs['choice']}):")
    for criterion, there in failed.groupby("criterion"):
        print(f"  {criterion}: {', '.join(sorted(there.country_title))}")

    places = figures("heatmap", "places")
    print("Countries with less answered than a score needs:")
    for row in places[places.cover == "under"].itertuples():
        print(f"  {row.country_title}: {row.coverage:.0f} % of what applies, {row.coverage_limit:.0f} % are needed")

    risks = figures("risks")
    print("Severe risks that operations do not show to be addressed:")
    gaps = risks.loc[risks.n_severe_gaps > 0, ["impact", "text", "gap_operations", "n_severe_gaps"]]
    for impact, text, operations, n in gaps.to_numpy().tolist():
        print(f"  {impact}: {text} {', '.join(operations[:n])}")

    if answers.attrs["illustrative"]:
        print("All of this is illustrative: the sample says nothing about anybody.")


if __name__ == "__main__":
    main()
