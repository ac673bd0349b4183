"""Which question could a room start with? One from the standard, on the filtered operations' largest gap."""

import streamlit as st

from dashboard.queries import ask
from dashboard.queries.plan.questions import PLAN_LACKING
from dashboard.ui.escape import escape
from dashboard.ui.present.room.ask_form import open_question
from dashboard.ui.present.room.opening import can_open
from dashboard.ui.present.room.paper import offer_ballots
from dashboard.ui.present.room.question import QuestionOptions, question_of
from dashboard.ui.session import may_lead
from dashboard.ui.view import View


def example(view: View) -> QuestionOptions | None:
    """Return how far a criterion is implemented, a critical one where it is least so; None if all are implemented."""
    found = ask.rows(view.published, PLAN_LACKING, view.parameters(operation=""))[:1]
    return next((QuestionOptions("status", row["criterion"], row["operation"], (), "function") for row in found), None)


def show_example(view: View) -> None:
    """Show the question as phones would; for a facilitator, also the button that asks it, and a paper version."""
    wish = example(view)
    if wish is None:
        return
    words, said = view.words, question_of(view, wish).said[view.state.lang]
    with st.container(border=True):
        st.caption(words("room.example"))
        st.markdown(f"**{escape(said.asks)}**  \n{escape(said.about)}  \n:gray[{escape(said.where)}]")
        st.markdown(" · ".join(escape(title) for title in said.choices.values()))
        if may_lead():
            label = words("room.open_and_ask" if can_open() else "room.ask_example")
            with st.container(horizontal=True):
                icon = ":material/how_to_vote:"
                st.button(label, key="room_example", icon=icon, on_click=open_question, args=(view, wish))
                offer_ballots(view, question_of(view, wish), "room_example_paper")
