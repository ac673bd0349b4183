"""What a reader has selected: one frozen value, how it is written in a URL, and which codes of a URL cannot be shown.

A field's name is also its widget key, its URL parameter and its SQL parameter. The URL carries codes, never labels. See
docs/decisions/0016-view-and-address.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from dashboard.model.filters import ALL_FILTERS, FILTERS, LIBRARY
from dashboard.model.known_codes import AT, BETWEEN, COUNTINGS, FACETS, FIXED, ORDERS, SHADES, SWITCH, Known
from dashboard.model.pages import PAGES, PARTS, led_on
from dashboard.model.plan import MOST_ASSUMPTIONS, OF
from dashboard.model.problem import Problem, Weight, nearest

COLLECTED = ("picked", "looked", "agreed")
"""What a group has gathered during an exercise."""
MANY = (*FILTERS, *LIBRARY, "subject", *COLLECTED, "imagined")
"""The fields that hold several codes."""
OPEN = ("guidance", "case_study", "impact", "action")
"""The one thing of each kind that is open."""
MOST = 6
"""How many subjects can be told apart by shape and colour."""
MOST_COLLECTED = 6
"""How many things of each kind fit on the page that a group takes home: three risks, three opportunities."""


@dataclass(frozen=True)
class ViewState:
    """The selection behind a page. Empty tuples keep everything; for an empty code, the page chooses.

    `subject` holds what is compared, in order, each perhaps in another round (`gha-op@2024`). `by` is what figures are
    grouped by, and `focus` the one principle, risk area or right in focus. `earlier` is the round that `round` is
    compared with. `against` is what the framework is crossed with, and `pair` the selected cell. `since` is the number
    of the publication since which changes are reported. `of_setting` is the setting shown in full, `of_country` the
    country. `counting` is how answers are counted. `part` is the part of a page that is open. `show_as` is the way in
    which a page is shown, `shade` what the map is shaded by, `sort` the order of the heat map, `indicator` the selected
    outside figure. `filters.py` says what each filter keeps. `guidance` and `case_study` are the ones that are open.

    `action` is the one that is open; a new one concerns the criterion or `impact` in view.

    While a `tour` runs, `tour_step` is where it is, `publication` the step of the history whose figures it shows, and
    `back` the place it was started from. In an exercise, `picked` are the risks and opportunities that matter most to
    the group, `looked` the guidance and cases that it opened, and `agreed` the actions it has saved. `imagined` is a
    scenario, as `model/plan.py` writes it. With `safe`, names are hidden so that the room may see it; `large` is for a
    projector: large type, and no menus.
    """

    framework: str = ""
    round: str = ""
    country: tuple[str, ...] = ()
    principle: tuple[str, ...] = ()
    risk_area: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    function: tuple[str, ...] = ()
    kind: str = "respect"
    operation: str = ""
    common: str = ""
    counting: str = COUNTINGS[0]
    subject: tuple[str, ...] = ()
    by: str = FACETS[0]
    focus: str = ""
    earlier: str = ""
    since: str = ""
    of_setting: str = ""
    of_country: str = ""
    criterion: str = ""
    against: str = ""
    pair: str = ""
    part: str = ""
    show_as: str = ""
    shade: str = SHADES[0]
    sort: str = ORDERS[0]
    indicator: str = ""
    step: tuple[str, ...] = ()
    case_country: tuple[str, ...] = ()
    case_kind: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    guidance: str = ""
    case_study: str = ""
    impact: str = ""
    action: str = ""
    tour: str = ""
    tour_step: str = ""
    publication: str = ""
    back: str = ""
    picked: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    imagined: tuple[str, ...] = ()
    safe: str = ""
    large: str = ""
    lang: str = ""
    """The language that the address names; empty for the reader's own."""


FIELDS = tuple(f.name for f in fields(ViewState))
OF_A_VISIT = ("tour", "tour_step", "publication", "back", *COLLECTED, "imagined")
"""Where a visitor is on a path through pages, and what only they see; other tools get what is published."""
OF_A_PAGE = (*OPEN, "pair", "of_setting", "of_country", "part", "show_as", "shade", "sort", "since", "safe", "large")
"""How a page shows its figures, and what is open on it."""
OF_FIGURES = tuple(name for name in FIELDS if name not in (*OF_A_VISIT, *OF_A_PAGE))
"""The fields that figures for other tools depend on."""


def from_values(values: Mapping[str, Any]) -> ViewState:
    """A state from values by field name, as widgets hold them; a field that is missing or None keeps its default."""
    by_field: dict[str, Any] = {
        name: tuple(values[name]) if name in MANY else values[name] for name in FIELDS if values.get(name) is not None
    }
    return ViewState(**by_field)


def normalised(state: ViewState, known: Known) -> ViewState:
    """The nearest state that can be shown: framework and round are always set, and codes that do not fit are dropped.

    Former names are replaced by current ones.
    """
    state = _present(state, known)
    frameworks = known.frameworks()
    framework = state.framework if state.framework in frameworks else next(iter(frameworks), "")
    rounds = known.of("round", framework)
    round_ = state.round if state.round in rounds else (rounds[-1] if rounds else "")
    valid: dict[str, Any] = {
        one.name: tuple(code for code in known.may_filter(one, framework) if code in getattr(state, one.name))
        for one in ALL_FILTERS
    }
    valid |= {name: code if (code := getattr(state, name)) in known.of(name, "") else "" for name in OPEN}
    by = state.by if state.by in FACETS else FACETS[0]
    valid |= _tour(state, known) | _collected(state, known)
    against = state.against if state.against in known.of("against", framework) else ""
    return replace(
        state,
        framework=framework,
        round=round_,
        subject=subjects(state.subject, round_, known.of("subject", framework), rounds),
        by=by,
        focus=state.focus if state.focus in known.of(by, framework) else "",
        earlier=state.earlier if state.earlier in rounds and state.earlier != round_ else "",
        since=state.since if known.is_anywhere("since", state.since) else "",
        part=state.part if state.part in PARTS else "",
        show_as=state.show_as if state.show_as in FIXED["show_as"] else "",
        of_country=state.of_country if state.of_country in known.anywhere("of_country") else "",
        of_setting=state.of_setting if state.of_setting in known.anywhere("of_setting") else "",
        against=against,
        pair=_pair(state.pair, against, framework, known),
        criterion=state.criterion if state.criterion in known.of("criterion", framework) else "",
        sort=state.sort if state.sort in known.orders(framework) else ORDERS[0],
        shade=state.shade if state.shade in SHADES else SHADES[0],
        indicator=state.indicator if state.indicator in known.of("indicator", framework) else "",
        common=state.common if state.common in SWITCH else "",
        counting=state.counting if state.counting in COUNTINGS else COUNTINGS[0],
        safe="yes" if state.safe == "yes" else "",
        large="yes" if state.large == "yes" else "",
        kind=state.kind if state.kind in known.kinds(framework) else known.kinds(framework)[0],
        operation=state.operation if state.operation in known.of("operation", framework) else "",
        imagined=_imagined(state.imagined, known),
        lang=state.lang if state.lang in known.languages else "",
        **valid,
    )


def _tour(state: ViewState, known: Known) -> dict[str, str]:
    """Where a tour is: at its first step, unless at another that it has. Without a tour, these fields are cleared."""
    steps = known.of("tour_step", state.tour)
    if not steps:
        return dict.fromkeys(("tour", "tour_step", "publication", "back"), "")
    return {
        "tour_step": state.tour_step if state.tour_step in steps else steps[0],
        "publication": next(iter(known.anywhere("publication")), ""),
        "back": state.back if known.is_anywhere("back", state.back) else "",
    }


def _collected(state: ViewState, known: Known) -> dict[str, tuple[str, ...]]:
    """What was gathered in an exercise, without repeats, keeping the last ones; outside an exercise, nothing."""
    if state.tour not in known.of("exercise", ""):
        return dict.fromkeys(COLLECTED, ())
    known_codes = {name: known.anywhere(name) for name in COLLECTED}
    once = {name: dict.fromkeys(c for c in getattr(state, name) if c in known_codes[name]) for name in COLLECTED}
    return {name: tuple(codes)[-MOST_COLLECTED:] for name, codes in once.items()}


def _imagined(codes: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """The known codes of a scenario, without repeats: its name, its round, and as many assumptions as allowed."""
    right = [code for code in dict.fromkeys(codes) if known.is_anywhere("imagined", code)]
    assumed = [code for code in right if code.count(OF) > 1]
    return (*(code for code in right if code not in assumed), *assumed[:MOST_ASSUMPTIONS])


def _pair(pair: str, against: str, framework: str, known: Known) -> str:
    area, _, met = pair.partition(BETWEEN)
    fits = area in known.of("principle", framework) and met in known.meets(against, framework)
    return pair if fits else ""


def _present(state: ViewState, known: Known) -> ViewState:
    if not known.formerly:
        return state
    return replace(
        state,
        principle=tuple(known.present("principle", code) for code in state.principle),
        country=tuple(known.present("country", code) for code in state.country),
        of_country=known.present("of_country", state.of_country),
        operation=known.present("operation", state.operation),
        subject=tuple(known.present("subject", code) for code in state.subject),
        focus=known.present("focus", state.focus),
        criterion=known.present("criterion", state.criterion),
        imagined=tuple(known.present("imagined", code) for code in state.imagined),
    )


def subjects(chosen: tuple[str, ...], round_: str, known: tuple[str, ...], rounds: tuple[str, ...]) -> tuple[str, ...]:
    """What is compared, in the order selected, without repeats; the round in view is not written."""
    valid: dict[str, None] = {}
    for code in chosen:
        base, _, at = code.partition(AT)
        if base in known and (not at or at in rounds):
            valid[base if at in ("", round_) else code] = None
    return tuple(valid)[:MOST]


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
        Problem("too_much_assumed", LINK, None, "imagined", code, expected=str(MOST_ASSUMPTIONS), weight=Weight.NOTE)
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
