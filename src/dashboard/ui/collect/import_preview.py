"""Previews what publishing imported files would change, and lists their problems by kind, with how to fix them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypedDict

import streamlit as st

from dashboard.exports.marked_workbook import marked_workbook
from dashboard.model.known_codes import KINDS
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.publish_preview import ChangedRow, Changes, Difference, MovedScore, PreviewScore
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.question import Question
from dashboard.store.reader import Published
from dashboard.tasks.preview import Preview, change_lines
from dashboard.tasks.problem_groups import ProblemGroup, grouped, marked_files
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.elements.show import offer
from dashboard.ui.escape import escape
from dashboard.ui.html import draw_table
from dashboard.ui.session_state import COLLECT_ROWS
from dashboard.ui.versions.imported_files import read_for_page
from dashboard.ui.view import View


class CollectTitlesRow(TypedDict):
    """A row of `collect_titles`."""

    what: str
    code: str
    title: str
    within: str


COLLECT_TITLES = Question("collect_titles", CollectTitlesRow)


@dataclass(frozen=True)
class Titles:
    """Titles by kind of code; titles of statuses depend on the criterion's framework."""

    found: Mapping[tuple[str, str, str], str]
    framework_of: Mapping[str, str]

    def __call__(self, what: str, code: str, within: str = "") -> str:
        """Return the title of a code, safe in Markdown."""
        return escape(self.found.get((what, code, within), code))

    def asked(self, code: str) -> str:
        """Return the text of a criterion or an impact; empty if it is unknown or an action."""
        criterion = self.found.get(("criterion", code, self.framework_of.get(code, "")))
        return escape(criterion or self.found.get(("impact", code, "")))

    def status(self, criterion: str, status: str) -> str:
        """Return a status as worded on the criterion's scale; for an action, on the first scale that has it."""
        scales = [self.framework_of.get(criterion, ""), *dict.fromkeys(self.framework_of.values())]
        return self("status", status, next((one for one in scales if ("status", status, one) in self.found), ""))


def titles_of(view: View, published: Published | None) -> Titles:
    """Return the titles in a private publication, which includes what the files add, or else in the current one."""
    found = rows(published or view.published, COLLECT_TITLES, view.parameters())
    return Titles(
        {(row["what"], row["code"], row["within"]): row["title"] for row in found},
        {row["code"]: row["within"] for row in found if row["what"] == "criterion"},
    )


def told(view: View, preview: Preview, titles: Titles) -> None:
    """Show the sentences; if nothing can be published, say so."""
    if preview.proof is None:
        st.error(view.words("collect.refused"))
        return
    lines = change_lines(preview.changes, titles, view.words)
    st.markdown("\n".join(f"- **{line.text}**" if line.strong else f"- {line.text}" for line in lines))


FIRST_ROWS = 12
"""How many rows are shown at once; the rest on demand."""
NEW_SHOWS = {
    "answers": ("status", "evidence"),
    "risk_ratings": ("found", "scale", "scope", "irremediability", "likelihood"),
    "opportunity_ratings": ("found", "reach", "need", "feasibility"),
    "actions": ("action_text",),
    "targets": ("percent",),
}
"""Columns shown of a new row of long tables; showing all of them would bury the changes."""


def change_table(view: View, changes: Changes, titles: Titles) -> None:
    """Show the table and say how much it leaves out."""
    words = view.words
    n_all = changes.n("new") + changes.n("changed")
    if not n_all:
        return
    st.markdown(f"**{words('collect.changes')}**", help=words("collect.changes_help"))
    whole = COLLECT_ROWS.get(False)
    shown = changes.rows if whole else changes.rows[:FIRST_ROWS]
    draw_table([_line(view, row, titles) for row in shown])
    if len(changes.rows) > FIRST_ROWS:
        st.toggle(words.count("collect.more_rows", len(changes.rows) - FIRST_ROWS), key=COLLECT_ROWS.name)
    if n_all > len(changes.rows) and whole:
        st.caption(words("collect.rows_left", n=n_all - len(changes.rows)))


def _line(view: View, row: ChangedRow, titles: Titles) -> dict[str, str]:
    """Describe the row's subject, with one line for each changed value; a new row shows only its main columns."""
    words = view.words
    where = words.listed(
        titles(what, code) for what, code in (("operation", row.operation), ("round", row.round)) if code
    )
    told = row.differences
    if row.state == "new":
        shown = NEW_SHOWS.get(row.form)
        told = tuple(change for change in told if shown is None or change.column in shown)
    return {
        words("collect.on"): f"{coded(titles.asked(row.code), escape(row.code))}{_mark(view, row)}  \n:small[{where}]",
        words("collect.would_be"): "  \n".join(_change(view, row, change, titles) for change in told),
    }


def _change(view: View, row: ChangedRow, change: Difference, titles: Titles) -> str:
    was, now = (_value(view, row, change.column, value, titles) for value in (change.was, change.now))
    key = "collect.first_said" if row.state == "new" else "collect.said"
    return view.words(key, what=view.words(f"collect.column_{change.column}"), was=was, now=now)


def _mark(view: View, row: ChangedRow) -> str:
    if row.flag:
        return f" **{view.words('collect.flag_' + row.flag)}**"
    return f" ({view.words('number.critical')})" if row.critical else ""


def _value(view: View, row: ChangedRow, column: str, value: str | None, titles: Titles) -> str:
    words = view.words
    if value is None:
        return words("collect.not_said")
    criterion = row.code if row.form == "answers" else _criterion_of(row)
    match column:
        case "status" | "expected_status":
            return titles.status(criterion, value)
        case "evidence":
            return words(f"evidence.{value}")
        case "found":
            return words(f"collect.found_{value}")
        case "action_status" | "confidence":
            return words(f"{column}.{value}")
        case "priority" | "effort" | "cost":
            return words(f"plan.priority_{value}")
        case "operation" | "round":
            return titles(column, value)
        case "baseline":
            return titles("round", value)
        case _:
            return escape(value)


def _criterion_of(row: ChangedRow) -> str:
    """Return the criterion that an action addresses, if it is given."""
    return next((change.now or "" for change in row.differences if change.column == "criterion"), "")


"""How many scores of one kind are shown at once; the rest on demand."""


def score_tables(view: View, moved: Sequence[MovedScore], titles: Titles) -> None:
    """Show one table for each kind. Figures that only serve as the next round's baseline are left out."""
    words = view.words
    if not moved:
        return
    st.markdown(f"**{words('collect.scores')}**", help=words("collect.scores_help"))
    for kind in KINDS:
        of_kind = [one for one in moved if one.kind == kind]
        if not of_kind:
            continue
        key = f"collect_scores_{kind}"
        shown = of_kind if st.session_state.get(key) else of_kind[:FIRST_ROWS]
        alone = {one.framework for one in of_kind if len(view.known.kinds(one.framework)) > 1}
        st.caption(view.kind_word(kind, next(iter(alone), of_kind[0].framework)))
        draw_table([_score_line(view, one, titles) for one in shown])
        if len(of_kind) > FIRST_ROWS:
            st.toggle(words.count("collect.more_scores", len(of_kind) - FIRST_ROWS), key=key)


def _score_line(view: View, one: MovedScore, titles: Titles) -> dict[str, str]:
    words = view.words
    area = titles("area", one.area) if one.area else f"**{words('collect.all_areas')}**"
    where = f"{titles('country', one.country)}, {titles('round', one.round)}"
    return {
        words("column.country_title"): where,
        words("column.area_title"): f"{titles('framework', one.framework)} · {area}",
        words("column.was"): _score(view, one.was),
        words("column.now"): _score(view, one.now),
        words("collect.rests_on"): _rests_on(view, one),
        words("collect.critical"): _critical(view, one),
    }


def _score(view: View, figure: PreviewScore | None) -> str:
    """Return a figure as it may be shown."""
    return reading_text(view, asdict(figure) if figure else {"reading": "not_covered"})


def _rests_on(view: View, one: MovedScore) -> str:
    """Return answers and evidence before and after; a single value if neither changes."""
    was, now = (_basis(view, figure) for figure in (one.was, one.now))
    return now if was == now or not was else view.words("collect.moved", was=was, now=now)


def _basis(view: View, figure: PreviewScore | None) -> str:
    if figure is None:
        return ""
    return view.words("collect.basis", n=figure.n_answered, of=figure.n_applicable, seen=figure.n_seen)


def _critical(view: View, one: MovedScore) -> str:
    was, now = (figure.n_critical_failed if figure else 0 for figure in (one.was, one.now))
    if not was and not now:
        return ""
    return view.words.shown(now) if was == now else view.words("collect.moved", was=was, now=now)


FIRST_LINES = 5
"""How many problems of one kind are shown at once; the rest on demand."""


def problem_groups(view: View, problems: Sequence[Problem], left_out: Mapping[str, int] | None) -> None:
    """Show one group for each kind, the most costly first; nothing if there are no problems."""
    n_out = sum((left_out or {}).values())
    for group in grouped(problems, left_out):
        _show(view, group, n_out)


def _show(view: View, group: ProblemGroup, n_out: int) -> None:
    """Show one group; of several that leave rows out, each says how many of them."""
    words = view.words
    fix = words(f"collect.fix_{group.kind}" if words.has(f"collect.fix_{group.kind}") else "collect.fix_other")
    icon = ":material/info:" if group.weight is Weight.NOTE else ":material/report:"
    key = "n_row_of" if group.weight is Weight.ROW and group.n < n_out else f"n_{group.weight}"
    # All its rows are already counted in a group above.
    heading = words.count(f"collect.{key}", group.n, of=n_out) if group.n else words("collect.n_row_again")
    st.markdown(f"{icon} **{heading}** {fix}")
    show_lines(view, group)


def show_lines(view: View, group: ProblemGroup, of: str = "all") -> None:
    """Show the problems of one group; beyond the first few, on demand. `of` keeps the keys of several lists apart."""
    words = view.words
    key = f"collect_{of}_{group.weight}_{group.kind}"
    rest = len(group.lines) - FIRST_LINES
    shown = group.lines if rest > 0 and st.session_state.get(key) else group.lines[:FIRST_LINES]
    st.markdown("\n".join(f"- {escape(line.sentence(words))}" for line in shown))
    if rest > 0:
        st.toggle(words.count("collect.more_problems", rest), key=key)


def first_sentences(view: View, problems: Sequence[Problem]) -> str:
    """Return why nothing was done, one sentence per line."""
    return "  \n".join(escape(sentence(problem, view.words)) for problem in problems[:FIRST_LINES])


class FileInMemory(Protocol):
    """An imported file in memory."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def offer_marked(view: View, files: Sequence[FileInMemory], problems: Sequence[Problem]) -> None:
    """Draw the button that gives the files back as one workbook, made on demand; no button if no row can be marked."""
    if not files or all(problem.row is None for problem in problems):
        return
    made = partial(_marked, tuple(files), tuple(problems), view.words)
    name = f"{Path(files[0].name).stem}-marked.xlsx"
    offer(view, view.words("mapping.marked_offer"), made, name, "mapping_marked_link")


def _marked(files: Sequence[FileInMemory], problems: Sequence[Problem], words: Words) -> bytes:
    """Return the workbook; if the files can no longer be read, only the list of problems and the reason."""
    content = [(file.name, file.content) for file in files]
    found = read_for_page(marked_files, content, problems, words, files=files)
    return marked_workbook([], [*problems, found], words) if isinstance(found, Problem) else found
