"""Which view is looked at? A page and filters, drawn at random."""

from hypothesis import strategies as st

from tests.claims.slow_choice import HEAD_OFFICE, Group

Query = dict[str, object]


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
    if not place.startswith("country"):
        return {}
    operation = draw(st.sampled_from(sorted(group.operations)))
    kept = query["country"]
    home = group.home[operation]
    assert isinstance(kept, tuple)
    return {"operation": operation, "country": kept if home in kept or not kept else (*kept, home)}
