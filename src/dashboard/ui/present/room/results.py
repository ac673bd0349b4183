"""What did a room say? The spread, the level of agreement, where groups differ, and what a second vote changed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.model.present.agreement import agreement, leaning, parting
from dashboard.model.present.vote import Counted, Question, QuestionText
from dashboard.queries import ask
from dashboard.queries.elements.questions import OPERATIONS
from dashboard.ui.escape import escape
from dashboard.ui.html import draw_table
from dashboard.ui.view import View


def show_ballots(view: View, question: Question, ballots: Sequence[Counted], n_changed: int) -> None:
    """Show the last vote in large type, the previous one beside it."""
    words, last = view.words, ballots[-1]
    said = question.in_language((words.language,))
    st.markdown(f"### {in_words(view, question, last)}", anchors=False)
    if last.n_on_paper:
        st.caption(words("room.on_paper", n=last.n_on_paper))
    if len(ballots) > 1:
        st.markdown(f"##### {_moved(view, question, ballots, n_changed)}", anchors=False)
    before = ballots[0].choices if len(ballots) > 1 else None
    for choice in question.choices:
        _bar(
            view,
            said.choices[choice],
            last.choices.get(choice, 0),
            last.n,
            last.paper.get(choice, 0),
            None if before is None else before.get(choice, 0),
        )
    _by_group(view, question, said, last)


def where(view: View, question: Question) -> str:
    """Return the operation's name in the current publication, rather than its name when the question was asked."""
    given = view.parameters(country=(), framework=question.framework)
    found = ask.rows(view.published, OPERATIONS, given)
    return escape(next((row["operation_title"] for row in found if row["operation"] == question.operation), ""))


def in_words(view: View, question: Question, counted: Counted) -> str:
    """Say how far the room agrees, and on what."""
    counts = counted.of(question)
    titles = question.in_language((view.words.language,)).choices
    place = leaning(counts, question.ordered)
    lead = escape(titles[question.choices[place]]) if place is not None else view.words("room.no_lead")
    return view.words.count(f"room.agree_{agreement(counts, question.ordered)}", counted.n, choice=lead)


def _moved(view: View, question: Question, ballots: Sequence[Counted], n_changed: int) -> str:
    titles = question.in_language((view.words.language,)).choices
    places = [leaning(ballot.of(question), question.ordered) for ballot in (ballots[0], ballots[-1])]
    first, last = (
        escape(titles[question.choices[place]]) if place is not None else view.words("room.no_lead") for place in places
    )
    changed = view.words.count("room.changed", n_changed)
    return f"{changed} " + view.words("room.moved" if first != last else "room.stayed", first=first, last=last)


def _bar(view: View, title: str, n: int, of: int, on_paper: int, before: int | None) -> None:
    """Draw one choice: its number of votes, in words beside a bar."""
    share = n / of if of else 0.0
    told = view.words("room.bar" if before is None else "room.bar_before", title=escape(title), n=n, before=before)
    st.progress(share, text=f"{told} · {view.words('room.bar_paper', n=on_paper)}" if on_paper else told)


def _by_group(view: View, question: Question, said: QuestionText, counted: Counted) -> None:
    words = view.words
    groups = {group: counted.of_group(question, group) for group in counted.groups}
    found = parting(groups, question.ordered)
    if found is not None:
        one, other = (escape(said.groups.get(group, group)) for group in (found.one, found.other))
        leans, otherwise = (escape(said.choices[question.choices[at]]) for at in (found.leans, found.leans_otherwise))
        st.markdown(
            f"##### {words('room.part', one=one, leans=leans, other=other, otherwise=otherwise)}", anchors=False
        )
    elif len(groups) > 1:
        st.markdown(words("room.no_part"))
    if groups:
        draw_table(_table(view, question, said, groups))
    if counted.n_in_no_group:
        st.caption(words.count("room.small_groups", counted.n_in_no_group))


def _table(
    view: View, question: Question, said: QuestionText, groups: Mapping[str, Sequence[int]]
) -> list[dict[str, str]]:
    head = view.words(f"room.column_{question.grouped_by}")
    return [
        {head: escape(said.groups.get(group, group))}
        | {escape(said.choices[choice]): str(n) for choice, n in zip(question.choices, counts, strict=True)}
        for group, counts in groups.items()
    ]
