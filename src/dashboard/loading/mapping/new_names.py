"""Which operations and rounds of a sheet are not published, but could be new? And the lists that would add them."""

from collections.abc import Mapping, Sequence

from dashboard.loading.mapping.countries import countries, country_in, operation_of
from dashboard.loading.mapping.values import UNKNOWN
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.answers.mapping_guess import Match, Reason, Sure
from dashboard.model.answers.names import Names, bare
from dashboard.model.days import year_in

New = Mapping[str, Mapping[str, str]]
"""By column of ours: the codes that could be new, each with what the sheet calls it."""
Matched = Mapping[str, Mapping[str, Match]]
NEWS = ("operation", "round")


def find_new(mapping: SheetMapping, matched: Matched, names: Names) -> tuple[SheetMapping, dict[str, dict[str, Match]]]:
    """The mapping with the codes that could be new, and the words with these codes; only suggested unless taken."""
    new: dict[str, dict[str, str]] = {ours: {} for ours in NEWS}
    words = {ours: dict(by_word) for ours, by_word in matched.items()}
    sure = Sure.LIKELY if mapping.take_new else Sure.DOUBTFUL
    for ours in NEWS:
        for text, match in words.get(ours, {}).items():
            if code := new_code(ours, text, match, names):
                new[ours].setdefault(code, text)
                words[ours][text] = Match(code, Reason(sure, f"new_{ours}"))
    fixed, across = dict(mapping.fixed), mapping.across
    for ours in set(NEWS) & set(fixed):
        if fixed[ours] not in names.called.get(ours, {}) and (code := new_code(ours, fixed[ours], UNKNOWN, names)):
            new[ours][code] = fixed[ours]
            fixed[ours] = code
    if across is not None and across.column == "operation":
        codes = {label: _of_label(label, code, names) for label, code in across.codes.items()}
        new["operation"] |= {code: label for label, code in codes.items() if _unpublished("operation", code, names)}
        across = across.model_copy(update={"codes": codes})
    changed = {"fixed": fixed, "across": across, "new": {ours: found for ours, found in new.items() if found}}
    return mapping.model_copy(update=changed), words


def new_code(ours: str, text: str, match: Match, names: Names) -> str | None:
    """The code of what a text could newly name: an operation in a country, or a round in a year."""
    if ours == "operation":
        if match.code in names.new and match.reason.why in ("code", "name", "settled", "new_operation"):
            return match.code
        certain = match.code is not None and match.code not in names.new
        if certain or match.reason.why == "several" or country_in(text) is None:
            return None
        code = bare(text).replace(" ", "-")
    else:
        code = (year_in(text) or "") if match.reason.why in ("unknown", "new_round") else ""
    return code if code and _unpublished(ours, code, names) else None


def share_new(values: Sequence[str], ours: str) -> float:
    """The share of the values that could name a new operation or a new round."""
    could = {"operation": country_in, "round": year_in}.get(ours)
    return sum(could(value) is not None for value in values) / len(values) if could else 0.0


def _of_label(label: str, code: str, names: Names) -> str:
    """The code of a column's operation. Two companies in one country that is not published are two operations."""
    whole = bare(label) in {bare(name) for name in names.called.get("operation", {}).get(code, ())}
    return code if code not in names.new or whole else bare(label).replace(" ", "-")


def _unpublished(ours: str, code: str, names: Names) -> bool:
    return code in names.new or code not in names.called.get(ours, {})


def new_lists(new: New, names: Names, unplaced: Sequence[str] = ()) -> dict[str, list[dict[str, str]]]:
    """The rows of the lists, by table; tables without rows are left out.

    `unplaced` are names of operations without a known country; somebody has to fill it in.
    """
    operations = [_operation(code, text, country_in(text) or "") for code, text in new.get("operation", {}).items()]
    operations += [_operation(bare(text).replace(" ", "-"), text, "") for text in unplaced]
    titles = {row["country"]: countries()[row["country"]][0] for row in operations if row["country"]}
    titles |= {row["country"]: row["title"] for row in operations if row["operation"] == operation_of(row["country"])}
    published = names.called.get("country", {})
    rounds = [
        {"round": code, "title": text, "starts_on": f"{code}-01-01", "ends_on": f"{code}-12-31"}
        for code, text in new.get("round", {}).items()
    ]
    found = {
        "countries": [{"country": code, "title": title} for code, title in titles.items() if code not in published],
        "operations": operations,
        "rounds": rounds,
    }
    return {table: rows for table, rows in found.items() if rows}


def unplaced(matched: Matched) -> tuple[str, ...]:
    """The names of operations that are not published and in which no country is found."""
    return tuple(text for text, match in matched.get("operation", {}).items() if match == UNKNOWN)


def _operation(code: str, text: str, country: str) -> dict[str, str]:
    """A row of the list of operations. A code in place of a name is spelled out."""
    title = countries()[country][0] if text == country else text
    return {"operation": code, "country": country, "title": title, "kind": "operation"}
