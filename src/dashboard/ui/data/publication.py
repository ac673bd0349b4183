"""Shows the current publication, how it came about and what the last load left out, and makes the next one."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from typing import TypedDict

import streamlit as st

from dashboard.loading.process_limits import readable
from dashboard.model.permissions import Deed
from dashboard.model.problem import HandedFile, Problem, Weight, handed_file, sentence
from dashboard.model.publish_preview import ClosedChange
from dashboard.model.records import FORMATS
from dashboard.queries.question import Question
from dashboard.store.disk import copied_at, store_folder
from dashboard.store.history import Revision, StoreError, history, publication_path
from dashboard.store.locking import Outcome, Writer, refusal
from dashboard.store.published_codes import names_of
from dashboard.store.publishing.commit import space_of
from dashboard.store.publishing.publish import publish_preview
from dashboard.store.upkeep import revert
from dashboard.store.verify import seen_left_behind
from dashboard.tasks.closed_figures import closed_lines
from dashboard.tasks.preview import agreements
from dashboard.ui.editing.editor import refused_here
from dashboard.ui.escape import escape, escape_problem
from dashboard.ui.html import draw_table
from dashboard.ui.session_state import BROUGHT_ASKED, PUBLISHED
from dashboard.ui.versions.imported_files import Private, prepare_to_read, read_once
from dashboard.ui.view import View

STEPS = 20


class ContentsRow(TypedDict):
    """A row of `contents`."""

    n_answers: int
    n_asked: int
    n_operations: int
    n_synthetic: int
    n_rounds: int
    n_risk_ratings: int
    n_opportunity_ratings: int
    n_actions: int
    n_context: int


class ProblemsRow(TypedDict):
    """A row of `problems`."""

    kind: str
    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str | None
    hint: str | None
    weight: str
    all_n: int


CONTENTS = Question("contents", ContentsRow)
PROBLEMS = Question("problems", ProblemsRow)


def contents(view: View, row: ContentsRow) -> str:
    """Say in one line how much the publication holds. What was left out cannot be counted."""
    if view.masked:
        return view.words("safe.masked")
    return view.words("data.contents", **row)


def space(view: View) -> str:
    """Say how much space the store takes and how much its disk has left; nothing if the machine cannot tell."""
    words = view.words
    try:
        found = space_of(store_folder())
    except OSError:
        return ""
    files = words.count("data.files", found.publications)
    return words("data.space", store=readable(found.store), files=files, free=readable(found.free))


def copied(view: View) -> str:
    """Say when the store was last copied from another one; nothing if it is no copy."""
    at = copied_at(store_folder())
    return "" if at is None else view.words("data.copied", at=view.words.shown(at))


def left_out(view: View) -> str:
    """Say why something that people wrote about the whole group is not shown."""
    return view.words("safe.left_out_here" if view.masked else "sight.left_out")


def problem_list(view: View, problems: list[ProblemsRow]) -> None:
    """Show what the last load left out or noticed, one sentence each; of very many, the first ones."""
    words = view.words
    if view.withholds or not problems:
        st.caption(left_out(view) if view.withholds else words("data.no_problems"))
        return
    _tell(view, [_problem(row) for row in problems])
    if left := problems[0]["all_n"] - len(problems):
        st.caption(words.count("data.more_problems", left))


def _problem(row: ProblemsRow) -> Problem:
    told = row["kind"], row["file"], row["row"], row["column"], row["value"], row["expected"], row["hint"]
    return Problem(*told, Weight(row["weight"]))


def _tell(view: View, problems: Sequence[Problem]) -> None:
    words = view.words
    draw_table(
        [
            {
                words("column.problem"): escape(sentence(problem, words)),
                words("column.weight"): words(f"data.costs_{problem.weight}"),
            }
            for problem in problems
        ]
    )


def history_table(view: View) -> None:
    """Show the latest publications, the one in force first."""
    words = view.words
    if view.withholds:
        st.caption(left_out(view))
        return
    try:
        moves = list(history(store_folder()))
    except StoreError as error:
        st.error(sentence(error.problem, words))
        return
    if (behind := seen_left_behind(store_folder())) is not None:
        st.warning(sentence(escape_problem(behind.problem(store_folder())), words))
    draw_table(
        [
            {
                words("column.step"): words.shown(move.number),
                words("column.at"): words.shown(datetime.fromisoformat(move.at)),
                words("column.what"): escape(words(f"data.kind_{move.kind}", about=move.about)),
                words("column.role"): escape(move.role),
                words("column.why"): escape(move.why),
                words("column.files"): _files(view, move),
            }
            for move in moves[:STEPS]
        ]
    )


def _files(view: View, move: Revision) -> str:
    """How many files and rows a publication was made from, which standards it changed, and what in closed rounds."""
    words, rows = view.words, sum(n for _, _, n in move.files)
    lines = [words.listed((words.count("data.files", len(move.files)), words.count("data.rows", rows)))]
    lines += [
        words("data.version" if was else "data.version_first", framework=escape(code.upper()), was=was, now=now)
        for code, was, now in move.versions
    ]
    lines += [words.count("data.problems_of", move.n_problems)] if move.n_problems else []
    lines += [words.count("data.closed_moved", move.n_closed)] if move.n_closed else []
    if not view.withholds:
        lines += closed_lines([ClosedChange(*change) for change in move.closed], _titles(view), words)
    return "  \n".join(lines)


def bring(view: View, writer: Writer) -> None:
    """Draw the way to check and publish files, or to undo a publication."""
    words = view.words
    prepare_to_read()
    st.caption(words("data.bring_help", formats=words.listed(FORMATS)))
    st.page_link("pages/collect.py", label=words("data.answers_there"), query_params=view.query(part="collect"))
    _said(view)
    asked, moved = BROUGHT_ASKED.get(((), ()))
    if asked:
        st.warning("  \n".join([words("data.agree_first"), *moved]))
    with st.form("bring", border=True):
        uploaded = st.file_uploader(
            words("data.files_label"), accept_multiple_files=True, key="files", label_visibility="collapsed"
        )
        agreed = all(st.checkbox(said, key=f"brought_{place}") for place, said in enumerate(asked))
        left, right = st.columns(2)
        checked = left.form_submit_button(words("data.check"))
        published = right.form_submit_button(words("data.publish"), type="primary")
    if not (checked or published):
        _back(view, writer)
        return
    if not uploaded:
        st.warning(words("data.no_files"))
        return
    private = _read(view, [handed_file(file.name, file.getvalue()) for file in uploaded])
    if isinstance(private, Problem):
        _concluded(view, Outcome(None, (private,)))
        return
    with closing(private):
        proof, changes, problems = private.preview.proof, private.preview.changes, private.preview.problems
        closed = tuple(closed_lines(changes.closed, _titles(view), words))
        if checked:
            _told(view, problems, closed)
        elif proof is None:
            _concluded(view, Outcome(None, problems))
        elif (
            refusal(writer, Deed.LOAD) is None
            and (asks := tuple(agreements(changes, _titles(view), words).values()))
            and not (agreed and (asks, closed) == (asked, moved))
        ):
            BROUGHT_ASKED.set((asks, closed))
            st.rerun()
        else:
            _concluded(view, publish_preview(store_folder(), proof, writer))


def _titles(view: View) -> Callable[[str, str], str]:
    """Return the title of a code, by its kind, safe in Markdown."""
    names = names_of(view.published)
    return lambda kind, code: escape(names.titled(kind, code))


def _read(view: View, files: Sequence[HandedFile]) -> Private | Problem:
    """Return what the files would change, showing progress while they are read."""
    words = view.words
    bar = st.progress(0.0, text=words("data.reading"))

    def progress(share: float, step: str) -> None:
        bar.progress(min(share, 1.0), text=words(f"first.{step}"))

    found = read_once(files, view.today, progress)
    bar.empty()
    return found


def _told(view: View, problems: Sequence[Problem], closed: Sequence[str] = ()) -> None:
    if closed:
        st.warning("  \n".join(closed))
    if problems:
        _tell(view, problems)
    else:
        st.success(view.words("data.sound"))


def _concluded(view: View, outcome: Outcome) -> None:
    """Report the outcome. Success is left to the next run, which already shows the new publication."""
    if outcome.revision is None:
        st.error(view.words("data.not_published"))
        _told(view, outcome.problems)
        return
    BROUGHT_ASKED.pop()
    PUBLISHED.set((outcome.revision.number, sum(problem.serious for problem in outcome.problems)))
    st.rerun()


def _said(view: View) -> None:
    done = PUBLISHED.pop()
    if done is None:
        return
    number, left_out = done
    st.success(view.words("data.published", number=number))
    if left_out:
        st.warning(view.words.count("data.left_out", left_out))


def _back(view: View, writer: Writer) -> None:
    words = view.words
    try:
        moves = [move for move in history(store_folder()) if move.number != view.published.revision.number]
    except StoreError:
        # The problems take the place of the history.
        return
    if refused_here(Deed.REVERT) is not None:
        return
    steps = [move.number for move in moves if publication_path(store_folder(), move.publication).exists()][:STEPS]
    if not steps:
        return
    with st.form("revert", border=True):
        number = st.selectbox(words("data.back_to"), steps, key="back_to")
        submitted = st.form_submit_button(words("data.revert"))
    if submitted and number is not None:
        _concluded(view, revert(store_folder(), int(number), writer))
