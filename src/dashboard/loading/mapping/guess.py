"""Guesses what a sheet in another format means: header, columns and words are matched, each guess with its reason."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.loading.mapping.apply import few_values
from dashboard.loading.mapping.column_fit import mentioned, perhaps_named
from dashboard.loading.mapping.new_names import doubt_of_fixed, find_new
from dashboard.loading.mapping.reasons import Guess, GuessReason, Sure, WordMatch
from dashboard.loading.mapping.recognise import (
    BESIDE,
    ChosenAcross,
    Headed,
    candidate_of,
    headed_at,
    header_row,
    joined,
    rows_below,
)
from dashboard.loading.mapping.values import NAMED, matches, terms_of
from dashboard.model.mapping import (
    DAYS,
    ROW,
    SAYS,
    SHEET,
    Across,
    MappableForm,
    Names,
    SheetMapping,
    as_code,
    cell_of,
    picked,
)
from dashboard.model.records import RECORDS
from dashboard.model.sheet_cells import Order, SheetGrid, iso_day, orders


def texts_of(mapping: SheetMapping, headed: Sequence[Headed]) -> dict[str, tuple[str, ...]]:
    """Return the distinct texts by our column, in order."""
    if mapping.together or mapping.only:
        return _row_by_row(mapping, headed)
    values_of = {column.label: column.values for column in joined(headed)}
    texts = {ours: values_of.get(label, ()) for ours, label in mapping.columns.items()}
    if mapping.across is not None and mapping.across.column != "status":
        for ours, labels in _spread(mapping.across).items():
            spread = (value for label in labels for value in values_of.get(label, ()))
            texts[ours] = tuple(dict.fromkeys(spread))
    return texts


def _row_by_row(mapping: SheetMapping, headed: Sequence[Headed]) -> dict[str, tuple[str, ...]]:
    texts: dict[str, dict[str, None]] = {ours: {} for ours in mapping.columns}
    across = mapping.across if mapping.across is not None and mapping.across.column != "status" else None
    spread = _spread(across) if across is not None else {}
    texts |= {ours: {} for ours in spread}
    for one in headed:
        for _, cells in rows_below(one, mapping.filled_labels):
            if not picked(mapping, cells):
                continue
            for ours in mapping.columns:
                texts[ours].setdefault(cell_of(mapping, ours, cells))
            for ours, labels in spread.items():
                texts[ours] |= dict.fromkeys(cells.get(label, "") for label in labels)
    return {ours: tuple(text for text in found if text) for ours, found in texts.items()}


def _spread(across: Across) -> dict[str, tuple[str, ...]]:
    """Return the labels of the columns over which rows are spread, by what they hold."""
    return {**across.further, across.holds: tuple(across.codes)}


NO_REASON = GuessReason(Sure.DOUBTFUL, "no_reason")


def with_statuses(
    mapping: SheetMapping, matched: Mapping[str, WordMatch], names: Names, frameworks: Sequence[str]
) -> SheetMapping:
    """Add to a mapping what each status word says in addition to its code, and the statuses that are not applicable."""
    terms = terms_of(mapping.form, "status", names, tuple(frameworks))
    if mapping.form != "answers" or terms is None:
        return mapping
    beside = {word: found[1] for word in matched if (found := terms.beside(word)) and found[1]}
    beside |= {word: word for word, match in matched.items() if match.reason.why == "between"}
    codes = tuple(code for code, meaning in terms.meanings.items() if meaning == "not_applicable")
    return mapping.model_copy(update={"beside": {**mapping.beside, **beside}, "not_applicable": codes})


def lacks_reason(mapping: SheetMapping, matched: Mapping[str, WordMatch]) -> bool:
    """Return whether answers are not applicable and nothing in the sheet or given for all says why."""
    further = mapping.across.further if mapping.across else {}
    if "na_reason" in (*mapping.columns, *mapping.fixed, *further):
        return False
    if mapping.across is not None and mapping.across.column == "status":
        return any(code in mapping.not_applicable for code in mapping.across.codes.values())
    without = [one for word, one in matched.items() if not any(map(str.isalpha, mapping.beside.get(word, "")))]
    return any(one.taken in mapping.not_applicable for one in without)


KEYS = ("round", "operation", "criterion", "impact", "country", "indicator")


def with_blanks(
    mapping: SheetMapping, headed: Sequence[Headed], reasons: Mapping[str, GuessReason]
) -> tuple[SheetMapping, dict[str, GuessReason]]:
    """Return a mapping in which such columns are filled, and its reasons; what was decided is kept."""
    settled = [ours for ours, reason in reasons.items() if reason.why == "settled"]
    found = _blanks(mapping, headed, settled)
    filled = tuple(dict.fromkeys((*mapping.filled, *found)))
    doubtful = {ours: reason for ours, reason in reasons.items() if reason.sure is Sure.DOUBTFUL}
    return mapping.model_copy(update={"filled": filled}), {**reasons, **found, **doubtful}


def _blanks(mapping: SheetMapping, headed: Sequence[Headed], settled: Container[str]) -> dict[str, GuessReason]:
    """Our columns, except the `settled` ones, that at least half of the answers leave empty, but not the first."""
    says = [mapping.columns[ours] for ours in SAYS[mapping.form] if ours in mapping.columns]
    says += list(mapping.across.codes) if mapping.across else []
    found = {}
    for ours in KEYS:
        label = mapping.columns.get(ours, SHEET)
        if label == SHEET or ours in settled:
            continue
        cells = [cell for one in headed for cell in _cells(one, label, says)]
        n = cells.count("")
        if n and cells[0] and 2 * n >= len(cells):
            found[ours] = GuessReason(Sure.DOUBTFUL, "blanks", (("n", str(n)),))
    return found


def _cells(one: Headed, label: str, says: Sequence[str]) -> Iterator[str]:
    """Yield the cells of one column, in the rows that say something."""
    labels = one.grid.labels(one.header)
    position = labels.index(label)
    saying = [labels.index(other) for other in says if other in labels]
    for row in one.grid.texts[one.header + 1 :]:
        if any(row[place] for place in saying):
            yield row[position]


SETTLED = GuessReason(Sure.SURE, "settled")
"""Decided by somebody, now or when the mapping was saved."""
UNDECIDED = GuessReason(Sure.DOUBTFUL, "undecided")
"""Doubtful when the mapping was saved, and not decided since."""
SAME_GROUP = GuessReason(Sure.LIKELY, "same_group")
BESIDE_ALL = GuessReason(Sure.DOUBTFUL, "beside_all")
ONE_SOURCE = GuessReason(Sure.LIKELY, "one_source")
SOURCES = {"publisher": "dataset", "dataset": "publisher"}
"""A sheet that names only one source of a figure means both by it."""
EXAMPLE = 60
"""How many characters of a value are shown as an example."""


@dataclass(frozen=True)
class KnownWords:
    """What is known about a sheet from elsewhere: given values, and defaults for what the sheet does not say.

    `framework` decides between criteria with the same text. `form` is the one to produce; None means the likeliest.
    `across` says what each of several columns represents, and `group` which of several groups of such columns is read.
    """

    parameters: Mapping[str, str] = field(default_factory=dict)
    otherwise: Mapping[str, str] = field(default_factory=dict)
    framework: str = ""
    form: MappableForm | None = None
    across: ChosenAcross = None
    group: str = ""


def guess(grids: Sequence[SheetGrid], names: Names, known: KnownWords, file: str = "") -> Guess:
    """Return the likeliest mapping of a file called `file`. All sheets with the same header are read."""
    headed = [headed_at(grid, header_row(grid, names)) for grid in grids]
    candidates = [candidate_of(one, names, _form(known), known.across, known.group) for one in headed]
    best = max(
        range(len(headed)), key=lambda position: (candidates[position].fitness, len(headed[position].grid.cells))
    )
    one, candidate = headed[best], candidates[best]
    alike = [other for other in headed if other.labels == one.labels]
    if len(alike) > 1:
        one = replace(one, columns=joined(alike))
        candidate = candidate_of(one, names, _form(known), known.across, known.group)
    mapping = SheetMapping(
        form=candidate.form,
        sheets=tuple(other.grid.title for other in alike),
        header_row=one.number,
        header=tuple(label for label in one.labels if label != SHEET),
        columns=dict(candidate.assigned.columns),
        across=candidate.spread.across if candidate.spread else None,
    )
    reasons = dict(candidate.assigned.reasons)
    if candidate.spread:
        across = candidate.spread.across
        reasons |= dict.fromkeys((across.column, across.holds), candidate.spread.reason)
        reasons |= dict.fromkeys(across.further, SAME_GROUP)
        if across.column != "status":
            reasons |= dict.fromkeys(set(SAYS[mapping.form]) & set(mapping.columns), BESIDE_ALL)
    group, groups = (candidate.spread.group, candidate.spread.groups) if candidate.spread else ("", ())
    titles = [cell for row in one.grid.texts[: one.header] for cell in row if cell not in ("", *groups)]
    told = ((group,), (one.grid.title, file, *titles))
    mapping, reasons_of_fixed = _fill(mapping, told, names, known, file)
    found = complete(mapping, alike, names, known.framework, {**reasons, **reasons_of_fixed})
    return replace(found, group=group, groups=groups)


def _form(known: KnownWords) -> MappableForm | None:
    """Return the form that is asked for. A given country, indicator or source can only be that of figures."""
    return known.form or ("context" if set(RECORDS["context"].required) & set(known.parameters) else None)


def complete(
    mapping: SheetMapping,
    headed: Sequence[Headed],
    names: Names,
    framework: str = "",
    reasons: Mapping[str, GuessReason] | None = None,
) -> Guess:
    """Complete a mapping with a guess for every word that it does not know yet. What it already says is kept."""
    texts = texts_of(mapping, headed)
    matched, frameworks = _matched(mapping, texts, names, framework)
    mapping, matched = find_new(mapping, matched, names)
    columns = joined(headed)
    unread = [column for column in columns if column.label not in (*mapping.needed, SHEET) and column.values]
    if mapping.across is not None and mapping.across.column == "operation":
        matched["operation"] = {**matched.get("operation", {}), **perhaps_named(unread, names)}
    learnt = {
        ours: {text: one.taken for text, one in by_text.items() if one.taken is not None and one.taken != text}
        for ours, by_text in matched.items()
    }
    values = {ours: {**mapping.values.get(ours, {}), **learnt.get(ours, {})} for ours in {**mapping.values, **learnt}}
    order, unclear = _days(mapping, texts)
    days = {ours: reason for ours, reason in unclear.items() if (reasons or {}).get(ours) != SETTLED}
    mapping = mapping.model_copy(update={"values": {ours: v for ours, v in values.items() if v}, "days": order})
    statuses = matched.get("status", {})
    mapping = with_statuses(mapping, statuses, names, frameworks)
    settled = {ours: reason for ours, reason in (reasons or {}).items() if reason != NO_REASON}
    if lacks_reason(mapping, statuses) and settled.get("na_reason") != SETTLED:
        settled["na_reason"] = NO_REASON
    mapping, settled = with_blanks(mapping, headed, settled)
    left = tuple(column.label for column in unread)
    examples = {column.label: column.values[0][:EXAMPLE] for column in columns if column.values}
    few = few_values(mapping, headed)
    return Guess(mapping, {**settled, **days, **doubt_of_fixed(mapping, names)}, matched, left, examples, few)


def _matched(
    mapping: SheetMapping, texts_of: Mapping[str, Sequence[str]], names: Names, framework: str
) -> tuple[dict[str, dict[str, WordMatch]], tuple[str, ...]]:
    """Return the code for each word, by our column, and the frameworks of the criteria.

    Criteria come first: their frameworks decide which statuses exist.
    """
    matched: dict[str, dict[str, WordMatch]] = {}
    frameworks: tuple[str, ...] = (framework,) if framework else ()
    for ours in sorted(texts_of, key=lambda ours: ours not in NAMED):
        terms = terms_of(mapping.form, ours, names, frameworks)
        if terms is None or not texts_of[ours]:
            continue
        settled = mapping.values.get(ours, {})
        guessed = matches(
            [text for text in texts_of[ours] if text not in settled], terms, names.framework_of, framework
        )
        in_mapping = {text: WordMatch(settled[text], SETTLED) for text in texts_of[ours] if text in settled}
        matched[ours] = {text: {**guessed, **in_mapping}[text] for text in texts_of[ours]}
        if ours == "criterion":
            codes = [one.taken or "" for one in matched[ours].values()]
            frameworks = tuple(dict.fromkeys(names.framework_of[code] for code in codes if code in names.framework_of))
    return matched, frameworks


def _days(mapping: SheetMapping, texts_of: Mapping[str, Sequence[str]]) -> tuple[Order, dict[str, GuessReason]]:
    """Return whether day or month comes first in dates, and the columns in which that is doubtful."""
    texts = {ours: texts_of[ours] for ours in DAYS if ours in texts_of}
    possible = orders(text for of_column in texts.values() for text in of_column)
    if len(possible) == 1:
        return possible[0], {}
    unclear = [
        ours
        for ours, of_column in texts.items()
        if any(iso_day(text, "dmy") != iso_day(text, "mdy") for text in of_column)
    ]
    return mapping.days, {ours: GuessReason(Sure.DOUBTFUL, f"days_{mapping.days}") for ours in unclear}


def _fill(
    mapping: SheetMapping, titles: Sequence[Sequence[str]], names: Names, known: KnownWords, file: str
) -> tuple[SheetMapping, dict[str, GuessReason]]:
    """Fill columns that the sheet lacks with a fixed value: given, named by the first titles that do so, or likely."""
    fixed: dict[str, str] = {}
    further: dict[str, str] = {}
    reasons: dict[str, GuessReason] = {}
    for ours in mapping.target_form.names:
        if ours in known.parameters:
            fixed[ours], reasons[ours] = known.parameters[ours], GuessReason(Sure.SURE, "given")
        elif ours not in mapping.missing:
            continue
        elif ours in BESIDE and (code := next(filter(None, (mentioned(ours, of, names) for of in titles)), None)):
            fixed[ours], reasons[ours] = code, GuessReason(Sure.LIKELY, "mentioned")
        elif ours in known.otherwise:
            fixed[ours], reasons[ours] = known.otherwise[ours], GuessReason(Sure.LIKELY, "otherwise")
        elif ours == "action":
            fixed[ours], reasons[ours] = f"{as_code(file)}-{ROW}", GuessReason(Sure.LIKELY, "numbered")
        elif ours == "licence":
            fixed[ours], reasons[ours] = "to_verify", GuessReason(Sure.LIKELY, "to_verify")
        elif label := mapping.columns.get(SOURCES.get(ours, "")):
            further[ours], reasons[ours] = label, ONE_SOURCE
    columns = {ours: label for ours, label in mapping.columns.items() if ours not in fixed or ours == "na_reason"}
    return mapping.model_copy(update={"columns": columns | further, "fixed": fixed}), reasons
