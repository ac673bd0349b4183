"""Tells apart groups of columns that represent the same codes, such as this year's results and last year's.

Only one group is read: that with most codes and most words of the scale, the first from the left. A group is called as
the line of the titles that is the same in all of its columns; without such a line, as its first column.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.loading.mapping.reasons import GuessReason, Sure
from dashboard.loading.mapping.values import Terms, fits, numbered, surely
from dashboard.model.mapping import bare
from dashboard.model.sheet_cells import GROUPED, year_in

Codes = Mapping[str, str]
"""What columns represent, by label."""
MOST = 200
"""How many different values of a column are examined."""
BETWEEN = "part"
"""The meaning of statuses that no plain yes or no has."""


@dataclass(frozen=True)
class ChosenGroup:
    """The columns that are read, and why they are in doubt, or chosen.

    If there are several groups, `title` is that of the one that is read, and `titles` are those of all.
    """

    codes: Codes
    reason: GuessReason | None = None
    title: str = ""
    titles: tuple[str, ...] = ()


def column_groups(codes: Codes) -> dict[str, dict[str, str]]:
    """Return the columns of each group by its title, from the left; one group without a title if no code repeats."""
    if len(set(codes.values())) == len(codes):
        return {"": dict(codes)}
    for line in (0, 2) if all(GROUPED in label for label in codes) else ():
        found: dict[str, dict[str, str]] = {}
        for label, code in codes.items():
            found.setdefault(label.partition(GROUPED)[line], {})[label] = code
        if len(found) > 1 and all(len(set(group.values())) == len(group) for group in found.values()):
            return found
    often: Counter[str] = Counter()
    turns: dict[int, dict[str, str]] = {}
    for label, code in codes.items():
        often[code] += 1
        turns.setdefault(often[code], {})[label] = code
    return {next(iter(group)): group for group in turns.values()}


def choose_group(codes: Codes, values: Mapping[str, tuple[str, ...]], status: Terms, asked: str = "") -> ChosenGroup:
    """Return the columns to read: those of the group `asked` for, or of the best one. `values` are by label.

    It is in doubt if another group has as many codes and fits as well: as many words of the scale, one in between, or
    a year as its title. No more than yes and no could answer any question.
    """
    groups = column_groups(codes)
    if len(groups) == 1:
        return ChosenGroup(codes)
    titles = tuple(groups)
    if asked in groups:
        return ChosenGroup(groups[asked], GuessReason(Sure.SURE, "settled"), asked, titles)
    held = {title: _words_of(group, values, status) for title, group in groups.items()}
    best = max(titles, key=lambda title: (len(groups[title]), len(held[title])))
    rivals = [
        title
        for title in titles
        if title != best and len(groups[title]) == len(groups[best])
        if len(held[title]) >= len(held[best])
        or year_in(title)
        or any(status.meanings.get(word) == BETWEEN for word in held[title])
    ]
    told = (("group", best), ("others", ", ".join(rivals)))
    return ChosenGroup(groups[best], GuessReason(Sure.DOUBTFUL, "groups", told) if rivals else None, best, titles)


def _words_of(group: Codes, values: Mapping[str, tuple[str, ...]], status: Terms) -> set[str]:
    """Return the different words of the scale that the columns of a group hold, as codes if these are known."""
    texts = [text for label in group for text in values[label][:MOST]]
    numbers = numbered(texts, status.meanings)
    found = {text: numbers.get(text) or surely(text, status) for text in texts}
    return {one.code or bare(text) for text, one in found.items() if text in numbers or fits(text, status)}
