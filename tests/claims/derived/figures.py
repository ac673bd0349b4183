"""What must pages say of scores? Derived from the files: Overview, Heat map, Country, By right, Side by side."""

from collections.abc import Mapping

from tests.claims.derived.ends import Named, apart, ends, named
from tests.claims.said import Said, said
from tests.claims.slow.choice import EVERYBODY
from tests.claims.slow.every import Slow
from tests.claims.slow.scores import Figure, Mean, whole

NAMED = 3
"""Countries that are named, where more are counted."""
SHARING = 2
"""Who shares first place and is named, where more are counted."""


def overview(slow: Slow) -> list[Said]:
    """The level of the first kind, and how many matters there are."""
    waiting = slow.n_matters()
    stands = _stands(slow, slow.by_country(slow.of_kind(slow.kinds[0])))
    return [stands, *([said("overview.waiting", n=waiting)] if waiting and _has_level(stands) else [])]


def _has_level(stands: Said) -> bool:
    return stands.key not in ("overview.nothing", "overview.too_few")


def _stands(slow: Slow, mean: Mean) -> Said:
    if not mean.figures:
        return said("overview.nothing")
    if mean.percent is None:
        return said("overview.too_few")
    band = slow.band(mean.percent, mean.n_answered)
    if band is None:
        key = "stand_few"
    elif len(mean.shown) == 1:
        key = "stand_one"
    else:
        key = "stand_some" if mean.n_too_few else "stand"
    return said(
        f"overview.{key}",
        mean=mean.percent,
        band=(band or "").lower(),
        lowest=min(mean.percents),
        highest=max(mean.percents),
        n=len(mean.shown),
        of=len(mean.figures),
    )


def heat_map(slow: Slow) -> list[Said]:
    """The highest and the lowest country, and those with too few answers."""
    mean, titles = slow.by_country(slow.of_kind()), slow.titles
    if not mean.figures:
        return [said("heatmap.nothing")]
    if not mean.shown:
        return [said("heatmap.none_shown")]
    few = [titles[code] for code, one in mean.figures.items() if one.reading == "too_few"]
    if len(mean.shown) == 1:
        ((code, one),) = mean.shown.items()
        found, beyond = said("heatmap.finding_one", title=titles[code], percent=one.percent), 0
    else:
        both = ends(_all_named(titles, mean.shown), _all_named(titles, mean.figures, "too_few"))
        unsure = [one for one in both if one.key.startswith("ends.unsure_")]
        beyond = max((_n_of(one) for one in unsure), default=0)
        key = "heatmap.finding" if len(slow.kinds) > 1 else "heatmap.finding_alone"
        found = said(key, ends=_leads(both))
    if len(few) <= beyond:
        return [found]
    listed = ", ".join(sorted(few)) if len(few) <= NAMED else said("heatmap.countries", n=len(few))
    return [found, said("heatmap.too_few", titles=listed)]


def on_map(slow: Slow) -> list[Said]:
    """The same on the map; shaded by severity or by coverage, in how many countries what is severe or answered."""
    if slow.choice.shade == "severity":
        return _severe(slow)
    if slow.choice.shade == "coverage":
        figures = [slow.figure(slow.in_country(code), slow.of_kind()) for code in slow.taking_part_in_view()]
        applies = [one for one in figures if one and one.n_applicable]
        under = sum(one.reading in ("too_few", "not_known", "unanswered") for one in applies)
        every = sum(one.n_answered == one.n_applicable for one in applies)
        return [said("map.all_answered", n=every, of=len(figures), under=under)]
    return heat_map(slow)


def _severe(slow: Slow) -> list[Said]:
    home, titles, places = slow.group.home, slow.titles, slow.taking_part_in_view()
    rated = [pair for pair in slow.severity if home[pair[0]] in places]
    if not rated:
        return [said("risks.nothing")]
    severe = {titles[code]: n for code in places if (n := sum(home[who] == code for who, _ in slow.severe))}
    if len(places) == 1:
        return [said("map.one_country", country=titles[places[0]], n=sum(severe.values()), of=len(rated))]
    return [said("map.severe_countries", n=len(severe), of=len(places)), *most("ratings", severe)]


def _n_of(unsure: Said) -> int:
    """How many are named or counted as perhaps beyond."""
    titles = unsure.places["titles"]
    return sum(one.places["n"] if isinstance(one, Said) else 1 for one in titles)


def _leads(both: list[Said]) -> object:
    if [one.key for one in both] == ["ends.highest", "ends.lowest"]:
        top, bottom = (one.places for one in both)
        return said(
            "heatmap.leads",
            highest=top["title"],
            most=top["percent"],
            lowest=bottom["title"],
            least=bottom["percent"],
        )
    return both


def _all_named(titles: Mapping[str, str], figures: Mapping[str, Figure | Mean], reading: str = "") -> list[Named]:
    return [
        one
        for code, figure in figures.items()
        if not reading or (isinstance(figure, Figure) and figure.reading == reading)
        if (one := named(titles[code], figure)) is not None
    ]


def of_operation(slow: Slow) -> list[Said]:
    """Country, Summary: both figures of the operation, and its failures."""
    operation = slow.choice.operation
    name = slow.name_of(operation)
    figures = {kind: slow.figure([operation], slow.of_kind(kind)) for kind in slow.kinds}
    if not any(figures.values()):
        return [said("country.not_in_round", operation=name)]
    parts = [said("country.part", figure=_shown(slow, one)) for one in figures.values() if one]
    own = [code for code in slow.criteria if slow.group.is_asked(slow.choice.round, operation, code)]
    critical = [code for code in own if slow.group.criteria[code][1].get("critical")]
    answers = {code: slow.said(slow.choice.round, operation, code)[1] for code in critical}
    failed = sum(value == 0 for value in answers.values())
    fallen = {code for code, who in slow.group.failures(slow.choice.round) if who == operation}
    before = sum(code in fallen for code, value in answers.items() if value is None)
    everywhere = [code for code in slow.everywhere if slow.group.is_asked(slow.choice.round, operation, code)]
    critical = [code for code in everywhere if slow.group.criteria[code][1].get("critical")]
    anywhere = sum(slow.said(slow.choice.round, operation, code)[1] == 0 for code in critical)
    flags = (
        [said("country.critical", n=failed, framework=slow.framework["short_title"], anywhere=anywhere)]
        if anywhere
        else []
    )
    if before:
        flags.append(said("failures.of_operation" if failed else "failures.of_operation_alone", n=before))
    return [said("country.finding", operation=name, figures=parts), *flags]


def _shown(slow: Slow, figure: Figure) -> object:
    """A figure as it may be shown."""
    if figure.reading == "score":
        band = slow.band(figure.percent, figure.n_answered)
        return said("country.figure", percent=figure.percent, band=(band or "").lower())
    if figure.reading == "count":
        return said("country.few", n=figure.n_answered)
    return reading(figure)


def reading(figure: Figure) -> Said:
    """What stands in place of a percentage."""
    if figure.reading == "too_few":
        assert figure.low is not None
        assert figure.high is not None
        return said("reading.too_few", low=whole(figure.low), high=whole(figure.high))
    return said(f"reading.{figure.reading}")


def by_right(slow: Slow) -> list[Said]:
    """The highest and lowest right of the standard in view, and where the severe risks and the gaps are."""
    themes = slow.themes()
    if not themes:
        return [said("rights.nothing" if slow.is_filtered else "crosswalk.unlinked")]
    titles = {code: str(slow.group.themes[code]["title"]) for code in themes}
    means = {code: slow.by_country(slow.serving(code)) for code in themes}
    shown = {code: mean for code, mean in means.items() if mean.percent is not None}
    few = {code: mean for code, mean in means.items() if _is_too_few(mean)}
    framework = slow.framework["short_title"]
    first = said("rights.too_few", framework=framework, ends="")
    if shown:
        key = "rights.finding" if len(slow.kinds) > 1 else "rights.finding_alone"
        first = said(key, framework=framework, ends=_ends_said(titles, shown, few))
    else:
        first = said("rights.too_few", framework=framework, ends=[])
    return [first, *_risks_of_rights(slow, titles)]


def _ends_said(titles: Mapping[str, str], shown: Mapping[str, Mean], few: Mapping[str, Mean]) -> list[Said]:
    figures = _all_named(titles, shown)
    if len(figures) == 1:
        return [said("ends.alone", title=figures[0].title, percent=figures[0].percent)]
    return ends(figures, _all_named(titles, few))


def _is_too_few(mean: Mean) -> bool:
    """Whether something is answered, but in no country enough for a figure."""
    return not mean.shown and any(one.n_answered for one in mean.figures.values())


def _risks_of_rights(slow: Slow, titles: Mapping[str, str]) -> list[Said]:
    risks = {code: slow.risks_of(code) for code in titles}
    if not any(risks.values()):
        return [said("risks.nothing")]
    severe = {titles[code]: sum(severity == 4 for severity in own.values()) for code, own in risks.items()}
    with_gap = sum(slow.severe_gaps(own).n > 0 for own in risks.values())
    return [*most("on_right", severe), said("rights.with_gap", n=with_gap, of=len(titles))]


def most(of: str, numbers: Mapping[str, int]) -> list[Said]:
    """Who has most: nobody, if nobody has any or all have as many."""
    n = max(numbers.values(), default=0)
    first = [title for title, own in numbers.items() if own == n]
    if n == 0 or (len(numbers) > 1 and len(first) == len(numbers)):
        return []
    if len(first) > SHARING:
        return [said(f"most.{of}_tied", n=n, tied=len(first))]
    return [said(f"most.{of}", n=n, titles=first)]


def side_by_side(slow: Slow) -> list[Said]:
    """How far apart the ends of what is compared are."""
    scores = {code: one for code, one in slow.subjects().items() if one.percent is not None and _is_score(one)}
    if len(scores) < 2:
        return [_criterion_by_criterion(slow)]
    ordered = sorted(scores.items(), key=lambda pair: pair[1].score or 0)
    (low_code, low), (high_code, high) = ordered[0], ordered[-1]
    assert low.percent is not None
    assert high.percent is not None
    titles = {"low_title": _of_subject(slow, low_code), "high_title": _of_subject(slow, high_code)}
    places = {"low": low.percent, "high": high.percent, **titles}
    if low.percent == high.percent:
        return [said("compare.same", **places)]
    below, above = named(low_code, low), named(high_code, high)
    assert below
    assert above
    key = "compare.finding" if apart(below, above) else "compare.finding_close"
    return [said(key, n=high.percent - low.percent, **places)]


def _criterion_by_criterion(slow: Slow) -> Said:
    """On how many criteria those compared differ, and of two, which is ahead."""
    both = [line for line in slow.by_criterion() if len(line) > 1]
    subjects, n_apart = slow.choice.subject, sum(len(set(line.values())) > 1 for line in both)
    if not n_apart:
        return said("compare.no_difference", n=len(both)) if both else said("compare.nothing_to_say")
    if len(subjects) > 2:
        return said("compare.differ", n=len(both), titles=[_of_subject(slow, one) for one in subjects], apart=n_apart)
    first, second = subjects
    ahead, behind = (sum(line[one] > line[other] for line in both) for one, other in ((first, second), (second, first)))
    if behind > ahead:
        first, second, ahead, behind = second, first, behind, ahead
    titles = {"high_title": _in_a_sentence(slow, first), "low_title": _in_a_sentence(slow, second)}
    if len(both) == 1:
        return said("compare.ahead_alone", **titles)
    places = {**titles, "ahead": ahead, "n": len(both)}
    return said("compare.ahead_and_behind", behind=behind, **places) if behind else said("compare.ahead", **places)


def _in_a_sentence(slow: Slow, code: str) -> object:
    return said("compare.the_group") if code == EVERYBODY else slow.name_of(code)


def _is_score(one: Mean) -> bool:
    return any(figure.reading == "score" for figure in one.figures.values())


def _of_subject(slow: Slow, code: str) -> object:
    return said("compare.group", region="") if code == EVERYBODY else slow.name_of(code)
