"""What has a reader selected? One frozen value; `view_query.py` converts it to and from a URL.

A field's name is also its widget key, its URL parameter and its SQL parameter. The URL carries codes, never labels. See
docs/decisions/0003-view-and-address.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from dashboard.model.pages import PARTS
from dashboard.model.plan.scenario import MOST as MOST_ASSUMED
from dashboard.model.plan.scenario import OF
from dashboard.model.view.filters import ALL_FILTERS, FILTERS, LIBRARY
from dashboard.model.view.known import AT, BETWEEN, COUNTINGS, FACETS, FIXED, ORDERS, SHADES, SWITCH, Known

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
    scenario, as `model/plan/scenario.py` writes it. With `safe`, names are hidden so that the room may see it; `large`
    is for a projector: large type, and no menus.
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
    lang: str = "en"


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
        lang=state.lang if state.lang in known.languages else known.languages[0],
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
    return (*(code for code in right if code not in assumed), *assumed[:MOST_ASSUMED])


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
