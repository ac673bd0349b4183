"""Who fails a critical criterion on child labour, where is too little answered, which risks are severe priority gaps?

Run it with `python docs/examples/three_questions.py`, in the folder of the project or with DASHBOARD_STORE set.
"""

import dashboard

CHILD_LABOUR = "RA06"
SEVERE = 4


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
    print(f"Priority gaps of severity {SEVERE}:")
    for row in risks[(risks.severity == SEVERE) & risks.priority_gap].itertuples():
        print(f"  {row.impact}: {row.text}")

    if answers.attrs["illustrative"]:
        print("All of this is illustrative: the sample says nothing about anybody.")


if __name__ == "__main__":
    main()
