"""What do status words say in addition to their codes, and which answers need a reason?"""

from collections.abc import Mapping, Sequence

from dashboard.loading.mapping.terms import terms_of
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.answers.mapping_guess import Match, Reason, Sure
from dashboard.model.answers.names import Names

NO_REASON = Reason(Sure.DOUBTFUL, "no_reason")


def with_statuses(
    mapping: SheetMapping, matched: Mapping[str, Match], names: Names, frameworks: Sequence[str]
) -> SheetMapping:
    """Add to a mapping what each status word says in addition to its code, and the statuses that are not applicable."""
    terms = terms_of(mapping.form, "status", names, tuple(frameworks))
    if mapping.form != "answers" or terms is None:
        return mapping
    beside = {word: found[1] for word in matched if (found := terms.beside(word)) and found[1]}
    beside |= {word: word for word, match in matched.items() if match.reason.why == "between"}
    codes = tuple(code for code, meaning in terms.meanings.items() if meaning == "not_applicable")
    return mapping.model_copy(update={"beside": {**mapping.beside, **beside}, "not_applicable": codes})


def lacks_reason(mapping: SheetMapping, matched: Mapping[str, Match]) -> bool:
    """Return whether answers are not applicable and nothing in the sheet or given for all says why."""
    further = mapping.across.further if mapping.across else {}
    if "na_reason" in (*mapping.columns, *mapping.fixed, *further):
        return False
    if mapping.across is not None and mapping.across.column == "status":
        return any(code in mapping.not_applicable for code in mapping.across.codes.values())
    without = [one for word, one in matched.items() if not any(map(str.isalpha, mapping.beside.get(word, "")))]
    return any(one.taken in mapping.not_applicable for one in without)
