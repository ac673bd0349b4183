"""How is a view written in a URL, and which codes of a URL cannot be shown?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.model.pages import PAGES, led_on
from dashboard.model.plan.scenario import MOST as MOST_ASSUMED
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.view.filters import FILTERS
from dashboard.model.view.known import Known
from dashboard.model.view.view_state import FIELDS, MANY, MOST, ViewState, normalised, subjects

NO_PAGE = "no_page"
"""The parameter with the requested name, if the server has no such page."""
LINK = "link"
"""Where problems of a URL are reported to be."""
OF_FRAMEWORK = ("round", *FILTERS)
"""What is selected in the filter bar and may belong to a single framework."""
TOO_MANY = ("too_many", "too_much_assumed")
"""Kinds of problems of codes that are right, but more than can be shown: the first are."""


def from_query(query: Mapping[str, str], known: Known) -> tuple[ViewState, tuple[Problem, ...]]:
    """A URL's parameters as a state, and a Problem for each unknown code, with the nearest known one.

    If a field that holds one code gets several, the last counts; that is a Problem too.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    kept = {name: text for name, text in query.items() if name != "part"}
    query = {**kept, **led_on("", query.get("part", "")).parameters(kept)}
    for name, text in query.items():
        if name == NO_PAGE:
            problems.append(Problem("no_such_page", LINK, value=text, hint=nearest(text, PAGES), weight=Weight.NOTE))
        if name in FIELDS:
            right, wrong = _codes_in(name, text, known)
            problems += wrong
            if name in MANY:
                values[name] = right
            elif right:
                values[name] = right[-1]
    asked = ViewState(**values)
    state = normalised(asked, known)
    problems += fallen_away(asked, state, LINK, (*OF_FRAMEWORK, "operation", "criterion", "against", "pair"))
    problems += [
        Problem("no_such_step", LINK, None, "tour_step", code, weight=Weight.NOTE)
        for code in _codes(values.get("tour_step", ()))
        if state.tour and code != state.tour_step
    ]
    problems += _subjects_left(asked, state, known)
    problems += [
        Problem("too_much_assumed", LINK, None, "imagined", code, expected=str(MOST_ASSUMED), weight=Weight.NOTE)
        for code in dict.fromkeys(values.get("imagined", ()))
        if code not in state.imagined
    ]
    return state, tuple(problems)


def _subjects_left(asked: ViewState, state: ViewState, known: Known) -> Iterator[Problem]:
    """A Problem for each subject that the settled state lacks: of another framework, or more than can be told apart."""
    here, rounds = known.of("subject", state.framework), known.of("round", state.framework)
    for code in dict.fromkeys(asked.subject):
        fits = subjects((code,), state.round, here, rounds)
        if not fits:
            yield Problem("other_framework", LINK, None, "subject", code, weight=Weight.NOTE)
        elif fits[0] not in state.subject:
            yield Problem("too_many", LINK, None, "subject", code, expected=str(MOST), weight=Weight.NOTE)


def fallen_away(
    chosen: ViewState, state: ViewState, where: str, names: tuple[str, ...] = OF_FRAMEWORK
) -> tuple[Problem, ...]:
    """A Problem for each selected code that the settled state's framework lacks; `where` says where it was selected."""
    return tuple(
        Problem("other_framework", where, None, name, code, weight=Weight.NOTE)
        for name in names
        for code in _codes(getattr(chosen, name))
        if code and code not in _codes(getattr(state, name))
    )


def unusable(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of codes that cannot be used at all; of codes that are only too many, the first are shown."""
    return tuple(problem for problem in problems if problem.kind not in TOO_MANY)


def _codes_in(name: str, text: str, known: Known) -> tuple[tuple[str, ...], list[Problem]]:
    """The known codes of one parameter in order, and a Problem for each that cannot be used."""
    codes = [code for given in text.split(",") if given and (code := known.present(name, given))]
    right = tuple(code for code in codes if known.is_anywhere(name, code))
    problems = [
        Problem("unknown_code", LINK, None, name, code, hint=nearest(code, known.anywhere(name)), weight=Weight.NOTE)
        for code in codes
        if code not in right
    ]
    if name not in MANY:
        problems += [
            Problem("one_of_several", LINK, None, name, code, weight=Weight.NOTE)
            for code in dict.fromkeys(right)
            if code != right[-1]
        ]
    return right, problems


def _codes(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def to_query(state: ViewState) -> dict[str, str]:
    """The state as URL parameters: framework and round always, the rest only if different from the default view."""
    plain = ViewState()
    query = {"framework": state.framework, "round": state.round}
    for name in FIELDS[2:]:
        value = getattr(state, name)
        if value != getattr(plain, name):
            query[name] = ",".join(value) if isinstance(value, tuple) else value
    return query
