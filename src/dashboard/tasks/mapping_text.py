"""Puts the guess about a sheet, and its new operations and rounds, into words; the same on page and command line.

Unpublished operations and rounds are added as lists.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dashboard.loading.mapping.new_names import New, NewName, listed_new, new_lists
from dashboard.loading.mapping.reasons import Guess, GuessReason, Sure, WordMatch
from dashboard.model.mapping import SHEET, Names, SheetMapping
from dashboard.model.problem import Problem, Weight, shortened
from dashboard.model.records import RECORDS, as_csv
from dashboard.model.words import Words


def list_files(new: New, names: Names, unplaced: Sequence[str] = ()) -> dict[str, str]:
    """Return the lists as CSV, by file name; see `new_lists`."""
    return {f"{table}.csv": as_csv(RECORDS[table], rows) for table, rows in new_lists(new, names, unplaced).items()}


def write_lists(files: dict[str, str], folder: Path, force: bool = False) -> list[Path] | Problem:
    """Write the lists into a folder; a Problem if one exists and `force` is not set. Raises OSError."""
    paths = [folder / name for name in files]
    there = [path.name for path in paths if path.exists() and not force]
    if there:
        return Problem("file_exists", there[0], weight=Weight.FILE)
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, "utf-8", newline="")
    return paths


def told_new(new: NewName, words: Words) -> str:
    """Say what a new name would become: a round, or an operation, in which country, and whether that is new, too."""
    places = {"name": shortened(new.name), "code": new.code, "country": f"{new.title} ({new.country})"}
    kind = "round" if new.column == "round" else "operation_first" if new.first else "operation"
    return words(f"mapping.{'perhaps' if new.asked else 'new'}_{kind}", **places)


SHOWN = 8
"""How many likely words of a column are listed, and on the command line how many doubtful ones."""


def guess_lines(guessed: Guess, n_rows: int, file: str, words: Words, names: Names) -> Iterator[str]:
    """Describe a guess line by line: a summary, each column with its words, and what is not read."""
    yield f"{file}: {finding(guessed.mapping, n_rows, words)}"
    for ours in mapped(guessed):
        reason = guessed.columns.get(ours)
        title = words(f"mapping.ours_{ours}")
        if reason is not None:
            theirs = source(guessed.mapping, ours, words, names)
            yield words("command.read_column", ours=title, theirs=theirs, why=reason_text(reason, words))
        words_of = notable_words(guessed.values.get(ours, {}), SHOWN)
        for word, match in words_of:
            key = "word" if match.taken else "perhaps" if match.code else "unknown"
            yield words(
                f"command.read_{key}",
                ours=title,
                word=shortened(word),
                code=match.code or "",
                why=reason_text(match.reason, words),
            )
        doubtful = sum(match.reason.sure is Sure.DOUBTFUL for _, match in _told(guessed.values.get(ours, {})))
        if doubtful > SHOWN:
            yield words.count("command.read_more", doubtful - SHOWN, ours=title)
    for asked, key in ((False, "new_taken" if guessed.mapping.take_new else "new_found"), (True, "new_asked")):
        if told := [told_new(one, words) for one in listed_new(guessed, names) if one.asked is asked]:
            yield words.count(f"command.{key}", len(told))
            yield from (f"  {line}" for line in told)
    if guessed.left:
        yield words("command.read_left", columns=", ".join(guessed.left))


def finding(mapping: SheetMapping, n_rows: int, words: Words) -> str:
    """Say what a sheet yields, and where it was found."""
    titles = ", ".join(title for title in mapping.sheets if title)
    places = {"form": words(f"mapping.form_{mapping.form}"), "row": mapping.header_row}
    found = words.count("mapping.finding", n_rows, **places)
    if titles:
        found = words.count("mapping.finding_in_sheets", n_rows, sheets=titles, **places)
    only = [
        words("mapping.only_rows", label=label, values=words.listed((f"“{value}”" for value in values), "or"))
        for label, values in mapping.only.items()
    ]
    return " ".join([found, *only])


def mapped(guessed: Guess) -> tuple[str, ...]:
    """Return our columns that a sheet fills, and the ones that it should fill and does not."""
    mapping = guessed.mapping
    spread = (mapping.across.column, mapping.across.holds, *mapping.across.further) if mapping.across else ()
    columns = {*mapping.columns, *mapping.fixed, *spread, *mapping.missing, *guessed.columns}
    return tuple(ours for ours in mapping.target_form.names if ours in columns)


def source(mapping: SheetMapping, ours: str, words: Words, names: Names) -> str:
    """Say where one of our columns comes from; a code that applies to every row is given by its title."""
    if ours == "na_reason" and ours in mapping.fixed:
        return _reasons(mapping, words)
    if ours in mapping.fixed:
        return words("mapping.always", value=names.titled(ours, mapping.fixed[ours]))
    if mapping.across is not None and mapping.across.codes and ours in (mapping.across.column, mapping.across.holds):
        return words("mapping.across", n=len(mapping.across.codes), labels=", ".join(mapping.across.codes))
    label = mapping.columns.get(ours)
    if label is None and mapping.across is not None and (labels := mapping.across.further.get(ours)):
        return words("mapping.across", n=len(labels), labels=", ".join(labels))
    if label is None:
        return words("mapping.nowhere")
    if ours in mapping.together:
        return words("mapping.columns", label=label, second=mapping.together[ours])
    return words("mapping.sheet") if label == SHEET else words("mapping.column", label=label)


def _reasons(mapping: SheetMapping, words: Words) -> str:
    """Return the reason for every answer that is not applicable and has none, and the column of the others."""
    for_all = words("mapping.reason_for_all", value=mapping.fixed["na_reason"])
    column = mapping.columns.get("na_reason")
    return f"{words('mapping.column', label=column)}; {for_all}" if column else for_all


def reason_text(reason: GuessReason, words: Words) -> str:
    """Say how certain a guess is, and why."""
    return words("mapping.because", sure=words(f"mapping.sure_{reason.sure}"), why=reason.sentence(words))


def notable_words(by_word: Mapping[str, WordMatch], most: int | None = None) -> list[tuple[str, WordMatch]]:
    """Return the words of a column worth a line, without new names: `most` that are doubtful, some that are likely.

    By default, all that are doubtful.
    """
    told = _told(by_word)
    doubtful = [(word, match) for word, match in told if match.reason.sure is Sure.DOUBTFUL]
    likely = [(word, match) for word, match in told if match.reason.sure is Sure.LIKELY]
    return doubtful[:most] + likely[:SHOWN]


def _told(by_word: Mapping[str, WordMatch]) -> list[tuple[str, WordMatch]]:
    """Return the words that are listed one by one; new names are listed together."""
    return [(word, match) for word, match in by_word.items() if not match.reason.among_new]
