"""Which question could a room be asked first? One from the standard, on what an operation of the choice lacks most."""

import streamlit as st

from dashboard.queries import ask
from dashboard.ui.escape import escape
from dashboard.ui.present.room.ask_form import open_question
from dashboard.ui.present.room.question import QuestionOptions, question_of
from dashboard.ui.session import is_guarded
from dashboard.ui.view import View


def example(view: View) -> QuestionOptions | None:
    """How far a criterion is in place, a critical one where it is least so; None where everything is in place."""
    found = ask.rows(view.published, "plan_lacking", view.parameters(operation=""))[:1]
    return next((QuestionOptions("status", row["criterion"], row["operation"], (), "function") for row in found), None)


def show_example(view: View) -> None:
    """The question as phones would show it; in an open room, the button that asks it."""
    wish = example(view)
    if wish is None:
        return
    words, said = view.words, question_of(view, wish).said[view.state.lang]
    with st.container(border=True):
        st.caption(words("room.example"))
        st.markdown(f"**{escape(said.asks)}**  \n{escape(said.about)}  \n:gray[{escape(said.where)}]")
        st.markdown(" · ".join(escape(title) for title in said.choices.values()))
        if is_guarded():
            label = words("room.ask_example")
            icon = ":material/how_to_vote:"
            st.button(label, key="room_example", icon=icon, on_click=open_question, args=(view, wish))
