"""How is a preview put into words? The same on the page and on the command line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.model.answers.preview import STATES, Changes, Count, Withdrawn
from dashboard.model.problem import sentence
from dashboard.model.words import Words

MOST_SENTENCES = 8
"""How many operations and rounds have their own sentence; the rest share one."""
MOST_NAMED = 3
"""If more operations would lose answers, they are counted instead of named."""
Titled = Callable[[str, str], str]
"""The title of a code: of an operation or a round."""
Group = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """One sentence about changes. A `strong` one concerns critical criteria."""

    text: str
    strong: bool = False


def change_lines(changes: Changes, titles: Titled, words: Words) -> list[Line]:
    """Return the sentences: on each operation and round, and on the whole import."""
    return [
        *map(Line, _of_each(changes, titles, words)),
        *_of_all(changes, words),
        *([] if changes.anything else [Line(words("collect.nothing_new"))]),
    ]


def agreements(changes: Changes, titles: Titled, words: Words) -> dict[str, str]:
    """Return a sentence on all that is asked before publishing, by a key of its own.

    Each concerns newer publications that are not in force, or a round of which too little would be published or remain.
    """
    behind = {} if changes.behind is None else {"behind": sentence(changes.behind, words)}
    few = {
        f"few_{one.round}": words("collect.few_rows", n_in=one.n_in, n=one.n, round=titles("round", one.round))
        for one in changes.few
    }
    emptied = changes.emptied().items()
    return behind | few | {f"withdrawn_{round_}": _withdrawn(round_, many, titles, words) for round_, many in emptied}


def _withdrawn(round_: str, of_round: tuple[Withdrawn, ...], titles: Titled, words: Words) -> str:
    """Say which answers operations would lose in one round."""
    n, n_was = sum(one.n for one in of_round), sum(one.n_was for one in of_round)
    named = words.listed(titles("operation", one.operation) for one in of_round)
    operations = named if len(of_round) <= MOST_NAMED else words.count("collect.n_operations", len(of_round))
    return words("collect.withdrawn", n=n, n_was=n_was, operations=operations, round=titles("round", round_))


def _of_each(changes: Changes, titles: Titled, words: Words) -> list[str]:
    """Return one sentence for each form, round and operation; those beyond the limit are counted together."""
    groups = list(_groups(changes).items())
    lines = [_sentence(group, counts, titles, words) for group, counts in groups[:MOST_SENTENCES]]
    if rest := [counts for _, counts in groups[MOST_SENTENCES:]]:
        lines.append(words("collect.and_others", n=len(rest), parts=_parts(_summed(rest), words)))
    return lines


def _of_all(changes: Changes, words: Words) -> Iterator[Line]:
    """Yield the sentences about the whole import, as far as they apply."""
    if changes.n_torn:
        yield Line(words.count("collect.torn", changes.n_torn))
    for form, n in changes.others:
        yield Line(words.count("collect.other", n, form=form))
    for flag, n in (("raised", changes.n_raised), ("cleared", changes.n_cleared)):
        if n:
            yield Line(words.count(f"collect.{flag}", n), strong=True)
    for key, n in (("unproven", changes.n_unproven), ("taken_away", changes.n_taken_away)):
        if n:
            yield Line(words.count(f"collect.{key}", n))


def _groups(changes: Changes) -> dict[Group, dict[str, int]]:
    """Count the rows in each state, by form, round and operation; the groups with most to report come first."""
    groups: dict[Group, dict[str, int]] = {}
    for count in changes.counts:
        groups.setdefault(_group(count), {})[count.state] = count.n
    return dict(sorted(groups.items(), key=lambda found: -found[1].get("new", 0) - found[1].get("changed", 0)))


def _group(count: Count) -> Group:
    return count.form, count.round, count.operation


def _summed(many: list[dict[str, int]]) -> dict[str, int]:
    return {state: sum(counts.get(state, 0) for counts in many) for state in STATES}


def _sentence(group: Group, counts: dict[str, int], titles: Titled, words: Words) -> str:
    form, round_, operation = group
    nobody = "target.group" if form == "targets" else "collect.no_operation"
    of = titles("operation", operation) if operation else words(nobody)
    where = f"{of}, {titles('round', round_)}" if round_ else of
    return words(f"collect.of_{form}", of=where, parts=_parts(counts, words))


def _parts(counts: dict[str, int], words: Words) -> str:
    """List how many rows are new, changed, unchanged and left out, skipping zeros."""
    return words.listed(words.count(f"collect.part_{state}", n) for state in STATES if (n := counts.get(state, 0)))
