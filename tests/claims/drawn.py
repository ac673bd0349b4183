"""Which view is looked at? A page and filters, drawn at random."""

from hypothesis import strategies as st

from tests.claims.slow.choice import EVERYBODY, HEAD_OFFICE, Group
from tests.claims.slow.library import items_in

Query = dict[str, object]
PLAIN: dict[str, Query] = {
    **{f"country/{part}": {"operation": "tcd-op"} for part in ("summary", "answers", "own_risks", "heard", "facts")},
    "compare": {"subject": ("tcd-op", "gtm-op", EVERYBODY)},
    "crosswalk/areas": {"against": "cop-2014"},
    "case": {"case_study": "C01"},
    "review": {"criterion": "CRBP-02.a"},
}
"""What must be chosen on a page of the sample, where no filter is set."""


def codes_of(group: Group, framework: str) -> dict[str, list[str]]:
    """The codes of each filter."""
    return {
        "country": [*group.countries, HEAD_OFFICE],
        "principle": [area["area"] for area in group.standards[framework]["areas"]],
        "risk_area": [*group.risk_areas],
        "right": [*group.themes, *group.rights],
        "setting": [*group.settings],
        "function": sorted({one for _, own in group.criteria.values() for one in own.get("functions", [])}),
    }


@st.composite
def views(draw: st.DrawFn, group: Group, place: str) -> Query:
    """A standard, a round, a kind, a way of counting, at most two filters of criteria, countries, and an operation."""
    framework = draw(st.sampled_from(sorted(group.standards)))
    codes = codes_of(group, framework)
    narrowed = draw(st.sets(st.sampled_from([name for name in codes if name != "country"]), max_size=2))
    query: Query = {
        "framework": framework,
        "round": draw(st.sampled_from([row["round"] for row in group.rounds][::-1])),
        "kind": draw(st.sampled_from(group.kinds(framework))),
        "counting": draw(st.sampled_from(("answers", "seen", "inherited"))),
        "common": draw(st.sampled_from(("", "yes"))),
    }
    for name in ("country", *sorted(narrowed)):
        query[name] = tuple(draw(st.lists(st.sampled_from(codes[name]), max_size=4, unique=True)))
    return {**query, **draw(_on_page(group, place, query))}


@st.composite
def _on_page(draw: st.DrawFn, group: Group, place: str, query: Query) -> Query:
    """What is chosen on the page itself: on *Country*, an operation that the filter of countries keeps."""
    if place == "heatmap/map":
        return {"shade": draw(st.sampled_from(("score", "severity", "coverage")))}
    if place == "compare":
        subjects = [*sorted(group.operations), EVERYBODY]
        return {"subject": tuple(draw(st.lists(st.sampled_from(subjects), min_size=2, max_size=4, unique=True)))}
    if place == "crosswalk/areas":
        return {"against": draw(st.sampled_from([*_others(group, query), "rights", "risk_area"]))}
    if place == "case":
        codes = [one["case_study"] for one in items_in(group.frameworks / "cases")]
        return {"case_study": draw(st.sampled_from(codes))}
    if place == "whatif":
        return {"imagined": draw(_scenarios(group, query)), "common": ""}
    if place == "review":
        return {"criterion": draw(st.sampled_from(group.asked_in(str(query["framework"]))))}
    if not place.startswith("country"):
        return {}
    operation = draw(st.sampled_from(sorted(group.operations)))
    kept = query["country"]
    home = group.home[operation]
    assert isinstance(kept, tuple)
    return {"operation": operation, "country": kept if home in kept or not kept else (*kept, home)}


def _others(group: Group, query: Query) -> list[str]:
    """The standards that are not in view."""
    return [code for code in group.standards if code != query["framework"]]


@st.composite
def _scenarios(draw: st.DrawFn, group: Group, query: Query) -> tuple[str, ...]:
    """One to three assumptions on a criterion or an area, somewhere or everywhere."""
    framework = str(query["framework"])
    areas = [area["area"] for area in group.standards[framework]["areas"]]
    where = st.sampled_from(["all", *group.countries, *group.operations])
    what = st.sampled_from([*areas, *group.asked_in(framework)])
    status = st.sampled_from([one["status"] for one in group.standards[framework]["scale"] if "value" in one])
    assumed = draw(st.lists(st.tuples(where, what, status).map("~".join), min_size=1, max_size=3, unique=True))
    return "called~Better", f"in~{query['round']}", *assumed
