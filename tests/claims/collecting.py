"""What does a page claim? It is run as a script, and hands on its view and the claims of its headline."""

from collections.abc import Mapping
from dataclasses import dataclass

from streamlit.testing.v1 import AppTest

from dashboard.model.known_codes import opened_by
from dashboard.model.plan import OF
from dashboard.model.words import Claims
from dashboard.ui import page_content
from dashboard.ui.session_state import BROWSER_VIEWS
from dashboard.ui.view import View
from tests.claims.slow.choice import Choice
from tests.conftest import ROOT

BETWEEN_THREE = 2
ENOUGH = 120
"""Seconds after which a page has failed."""


@dataclass(frozen=True)
class Page:
    """What a page has claimed in a view, and what its lists state; without a view, it has nothing to show."""

    view: View | None
    claims: Claims
    stated: Claims


def opened(place: str, query: Mapping[str, str]) -> Page:
    """Run a page, or `page/part`, and return what it claims and states."""
    found = [Page(None, (), ())]

    def take(view: View, drawn: page_content.Carried) -> None:
        found[:] = [Page(view, drawn.claims, drawn.stated)]

    page, _, part = place.partition("/")
    page_content.hand_over_to(take)
    try:
        app = AppTest.from_file(ROOT / "app.py", default_timeout=ENOUGH)
        app.query_params.update({**opened_by(part), **query})
        app.context["theme"] = "light"
        app.session_state[BROWSER_VIEWS.name] = ()
        app.switch_page(f"pages/{page}.py").run()
    finally:
        page_content.hand_over_to(lambda _view, _drawn: None)
    assert not app.exception, (place, query, app.exception)
    return found[0]


def choice_of(view: View, **more: object) -> Choice:
    """What a view has chosen, as the slow reference is told it."""
    state = view.state
    return Choice(
        framework=state.framework,
        round=state.round,
        today=view.today,
        kind=state.kind,
        country=state.country,
        principle=state.principle,
        risk_area=state.risk_area,
        right=state.right,
        setting=state.setting,
        function=state.function,
        counting=state.counting,
        common=state.common == "yes",
        earlier=state.earlier,
        shade=state.shade,
        assumed=tuple(one for one in state.imagined if one.count(OF) == BETWEEN_THREE),
        against=state.against,
        criterion=state.criterion,
        case_study=state.case_study,
        subject=state.subject,
        **more,  # type: ignore[arg-type]
    )


def query_of(choice: Mapping[str, object]) -> dict[str, str]:
    """The address of a choice."""
    texts = {name: ",".join(codes) if isinstance(codes, tuple) else str(codes) for name, codes in choice.items()}
    return {name: text for name, text in texts.items() if text}
