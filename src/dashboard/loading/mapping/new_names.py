"""Finds the operations and rounds of a sheet that are not published but could be new, and the lists that add them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.loading.mapping.country_names import countries, country_codes, operation_of, place_in
from dashboard.loading.mapping.reasons import Guess, GuessReason, Sure, WordMatch
from dashboard.loading.mapping.values import ANOTHER, UNKNOWN
from dashboard.model.mapping import Names, SheetMapping, as_code, bare
from dashboard.model.sheet_cells import year_in

New = Mapping[str, Mapping[str, str]]
"""The codes that could be new, by our column, each with its name in the sheet."""
Matched = Mapping[str, Mapping[str, WordMatch]]
NEWS = ("operation", "round")


@dataclass(frozen=True)
class NewName:
    """A name in the sheet that could be new, its code, and for an operation the code and title of its country.

    `asked`: only part of the name is that of the country, so it is not taken until somebody says so. `first`: the
    country is new, too.
    """

    column: str
    name: str
    code: str
    country: str = ""
    title: str = ""
    first: bool = False
    asked: bool = False


def find_new(
    mapping: SheetMapping, matched: Matched, names: Names
) -> tuple[SheetMapping, dict[str, dict[str, WordMatch]]]:
    """Return the mapping and the matched words, both with the codes that could be new; suggested unless accepted."""
    new: dict[str, dict[str, str]] = {ours: {} for ours in NEWS}
    words = {ours: dict(by_word) for ours, by_word in matched.items()}
    sure = Sure.LIKELY if mapping.take_new else Sure.DOUBTFUL
    for ours in NEWS:
        for text, match in words.get(ours, {}).items():
            if code := new_code(ours, text, match, names):
                new[ours].setdefault(code, text)
                words[ours][text] = WordMatch(code, GuessReason(sure, f"new_{ours}"))
            elif ours == "operation" and (perhaps := perhaps_new(text, match, names)):
                words[ours][text] = perhaps
    fixed, across = dict(mapping.fixed), mapping.across
    for ours in set(NEWS) & set(fixed):
        if fixed[ours] not in names.called.get(ours, {}) and (code := _fixed(ours, fixed[ours], names)):
            new[ours][code] = fixed[ours]
            fixed[ours] = code
    if across is not None and across.column == "operation":
        labels = {code: label for label, code in across.codes.items() if _unpublished("operation", code, names)}
        new["operation"] |= labels
    changed = {"fixed": fixed, "new": {ours: found for ours, found in new.items() if found}}
    return mapping.model_copy(update=changed), words


def new_code(ours: str, text: str, match: WordMatch, names: Names) -> str | None:
    """Return the code of the new operation (in a country) or round (in a year) that a text surely names, if any.

    An operation is named by the whole name of a country without operations, or by what somebody accepted.
    """
    if ours == "round":
        year = year_in(text) or ""
        code = year if match.reason.why in ("unknown", "new_round") or match.code == year else ""
    elif match.reason.why == "settled" and place_in(text).country and match.code == as_code(text):
        code = as_code(text)
    else:
        code = match.taken or ""
        return code if code in names.new else None
    return code if code and _unpublished(ours, code, names) else None


def perhaps_new(text: str, match: WordMatch, names: Names) -> WordMatch | None:
    """Return the new operation that a text could name, if part of it is the name of a country and it is no other."""
    published = match.code is not None and match.code not in names.new
    country, code = place_in(text).country, as_code(text)
    if published or match.reason.why == "several" or country is None or not _unpublished("operation", code, names):
        return None
    return WordMatch(code, GuessReason(Sure.DOUBTFUL, "within_new", (("country", country_title(country, names)),)))


def _fixed(ours: str, text: str, names: Names) -> str | None:
    """Return the code of the new operation or round that somebody says a whole sheet is about, if it could be one."""
    place = place_in(text)
    if ours == "operation" and place.whole and operation_of(place.country or "") in names.new:
        return operation_of(place.country or "")
    perhaps = perhaps_new(text, UNKNOWN, names) if ours == "operation" else None
    return perhaps.code if perhaps else new_code(ours, text, UNKNOWN, names)


def doubt_of_fixed(mapping: SheetMapping, names: Names) -> dict[str, GuessReason]:
    """Return why the operation of a whole sheet is in doubt, if only part of its name is that of its country."""
    code = mapping.fixed.get("operation", "")
    text = mapping.new.get("operation", {}).get(code)
    perhaps = perhaps_new(text, UNKNOWN, names) if text and code not in names.new else None
    return {"operation": perhaps.reason} if perhaps else {}


def share_new(values: Sequence[str], ours: str) -> float:
    """Return the share (0 to 1) of the values that could name a new operation or a new round."""
    if ours == "operation":
        return sum(place_in(value).country is not None for value in values) / len(values)
    return sum(year_in(value) is not None for value in values) / len(values) if ours == "round" else 0.0


def _unpublished(ours: str, code: str, names: Names) -> bool:
    return code in names.new or code not in names.called.get(ours, {})


def country_title(country: str, names: Names) -> str:
    """Return the published title of a country by its alpha-3 code, or else its English name."""
    title = names.titled("country", country)
    return title if title != country else countries()[country][0]


def listed_new(guessed: Guess, names: Names) -> Iterator[NewName]:
    """Yield every name that is or could be new, first those that somebody has to look at."""
    for text, match in guessed.values.get("operation", {}).items():
        if match.reason.why == "within_new" and match.code:
            yield _listed("operation", match.code, text, names, asked=True)
    for ours, found in guessed.mapping.new.items():
        for code, text in found.items():
            yield _listed(ours, code, text, names)


def _listed(ours: str, code: str, text: str, names: Names, asked: bool = False) -> NewName:
    country = _country(code, text) if ours == "operation" else ""
    if not country:
        return NewName(ours, text, code, asked=asked)
    first = country not in names.called.get("country", {})
    return NewName(ours, text, code, country, country_title(country, names), first, asked)


def new_lists(new: New, names: Names, unplaced: Iterable[str] = ()) -> dict[str, list[dict[str, str]]]:
    """Return the rows of the lists, by table; tables without rows are left out.

    `unplaced` are names of operations without a known country, which somebody has to fill in.
    """
    operations = [_operation(code, text, _country(code, text)) for code, text in new.get("operation", {}).items()]
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
    """Return the names of operations that are unpublished and of which nobody has said in which country they are."""
    return tuple(
        text
        for text, match in matched.get("operation", {}).items()
        if match in (UNKNOWN, ANOTHER) or match.reason.why == "within_new"
    )


def _country(code: str, text: str) -> str:
    """Return the country of a new operation, by its code if that is made of a country's; empty if it has none."""
    iso = country_codes().get(code.removesuffix("-op"), "")
    return iso if code == operation_of(iso) else place_in(text).country or ""


def _operation(code: str, text: str, country: str) -> dict[str, str]:
    """Return a row of the list of operations. A country's name replaces its code, or its name with more beside it."""
    named = code != operation_of(country) or (bare(text) in country_codes() and bare(text) != country.lower())
    return {
        "operation": code,
        "country": country,
        "title": text if named else countries()[country][0],
        "kind": "operation",
    }
