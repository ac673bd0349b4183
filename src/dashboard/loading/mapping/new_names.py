"""Which operations and rounds of a sheet are not published, but could be new? And the lists that would add them."""

from collections.abc import Mapping, Sequence

from dashboard.loading.mapping.countries import countries, country_in, operation_of
from dashboard.loading.mapping.values import UNKNOWN
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.answers.mapping_guess import Match, Reason, Sure
from dashboard.model.answers.names import Names, as_code, bare
from dashboard.model.days import year_in

New = Mapping[str, Mapping[str, str]]
"""The codes that could be new, by our column, each with its name in the sheet."""
Matched = Mapping[str, Mapping[str, Match]]
NEWS = ("operation", "round")


def find_new(mapping: SheetMapping, matched: Matched, names: Names) -> tuple[SheetMapping, dict[str, dict[str, Match]]]:
    """Return the mapping and the matched words, both with the codes that could be new; suggested unless accepted."""
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
    """Return the code of the new operation (in a country) or round (in a year) that a text could name, if any."""
    if ours == "operation":
        if match.code in names.new and match.reason.why in ("code", "name", "settled", "new_operation"):
            return match.code
        certain = match.code is not None and match.code not in names.new
        if certain or match.reason.why == "several" or country_in(text) is None:
            return None
        code = as_code(text)
    else:
        code = (year_in(text) or "") if match.reason.why in ("unknown", "new_round") else ""
    return code if code and _unpublished(ours, code, names) else None


def share_new(values: Sequence[str], ours: str) -> float:
    """Return the share (0 to 1) of the values that could name a new operation or a new round."""
    could = {"operation": country_in, "round": year_in}.get(ours)
    return sum(could(value) is not None for value in values) / len(values) if could else 0.0


def _of_label(label: str, code: str, names: Names) -> str:
    """Return the code of a column's operation. Two companies in one unpublished country are two operations."""
    whole = bare(label) in {bare(name) for name in names.called.get("operation", {}).get(code, ())}
    return code if code not in names.new or whole else as_code(label)


def _unpublished(ours: str, code: str, names: Names) -> bool:
    return code in names.new or code not in names.called.get(ours, {})


def new_lists(new: New, names: Names, unplaced: Sequence[str] = ()) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the lists, by table; tables without rows are left out.

    `unplaced` are names of operations without a known country, which somebody has to fill in.
    """
    operations = [_operation(code, text, country_in(text) or "") for code, text in new.get("operation", {}).items()]
    operations += [_operation(as_code(text), text, "") for text in unplaced]
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
    """Return the names of operations that are unpublished and name no country."""
    return tuple(text for text, match in matched.get("operation", {}).items() if match == UNKNOWN)


def _operation(code: str, text: str, country: str) -> dict[str, str]:
    """Return a row of the list of operations. A country code is replaced by the country's name in the title."""
    title = countries()[country][0] if text == country else text
    return {"operation": code, "country": country, "title": title, "kind": "operation"}
