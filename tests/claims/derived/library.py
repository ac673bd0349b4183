"""What must pages say of guidance, cases, standards and what is outstanding? Derived from the files."""

from collections import Counter
from fractions import Fraction

from tests.claims.said import UNDERIVED, Said, said
from tests.claims.slow.every import Slow

RELATIONS = ("kept", "moved", "in_part", "new", "dropped")
NOTHING_DERIVED: list[Said] = UNDERIVED


def guidance(slow: Slow) -> list[Said]:
    """How many answered criteria are not fully in place, and how many items help, whatever else they are on."""
    if not slow.every_guidance():
        return [said("guidance.nothing")]
    answered = [code for code in slow.criteria if slow.answered[code].total()]
    weak = {code for code in answered if slow.is_weak(code)}
    before = {code for code, _ in slow.failures() if code in slow.criteria} - weak
    first = [said("guidance.weak", n=len(weak), of=len(answered))] if weak else []
    if answered and not weak:
        first = [said("guidance.all_in_place", n=len(answered))]
    first += [said("guidance.only_before", n=len(before))] if before else []
    if not weak | before:
        return first or [said("guidance.no_answer")]
    n = sum(not (weak | before).isdisjoint(slow.canonical(one)) for one in slow.every_guidance())
    return [*first, said("guidance.fitting", n=n, title=UNDERIVED) if n else said("guidance.none_fits")]


def cases(slow: Slow) -> list[Said]:
    """How many cases there are, and how many open criteria the best fitting one is about."""
    best, title = slow.best_case(), slow.framework["short_title"]
    if best is None:
        return [said("cases.none_left")]
    n = sum(slow.is_open(code) for code in slow.canonical(best))
    silent = any(slow.is_open(code) and not slow.is_weak(code) for code in slow.canonical(best))
    fits = said("cases.no_best", framework=title)
    if n:
        fits = said(f"cases.best{'_before' if silent else ''}", n=n, title=best["title"], framework=title)
    return [said("cases.finding", n=len(slow.cases()), best=fits)]


def owed(slow: Slow) -> list[Said]:
    """How much is left to answer, which function has most of it, and how many operations have answered nothing."""
    left, round_ = slow.left(), slow.group.round_row(slow.choice.round)["title"]
    if not left:
        return [said("owed.nobody", round=round_)]
    n = sum(is_left for own in left.values() for _, is_left in own)
    if not n:
        return [said("owed.complete", round=round_, asked=sum(map(len, left.values())))]
    of = Counter(slow.led(code) for own in left.values() for code, is_left in own if is_left)
    titles = slow.function_titles()
    asked = {slow.led(code) for own in left.values() for code, _ in own}
    most = max((code for code in (*titles, "") if code in asked), key=lambda code: of[code])
    key = "owed.left" if most else "owed.left_alone"
    silent = sum(all(is_left for _, is_left in own) for own in left.values())
    found = said(key, n=n, round=round_, function=titles.get(most))
    return [found, said("owed.silent", n=silent)] if silent else [found]


def stand(slow: Slow) -> list[Said]:
    """Collect answers: how many operations have begun and ended, and how much is left."""
    left = slow.left()
    if not left:
        return [said("collect.nobody_asked")]
    n = sum(is_left for own in left.values() for _, is_left in own)
    return [
        said(
            "collect.stand" if n else "collect.done",
            n=len(left),
            n_operations=len(left),
            round_title=slow.group.round_row(slow.choice.round)["title"],
            n_begun=sum(not all(is_left for _, is_left in own) for own in left.values()),
            n_done=sum(not any(is_left for _, is_left in own) for own in left.values()),
            n_left=n,
            n_asked=sum(map(len, left.values())),
        )
    ]


def standard(slow: Slow) -> list[Said]:
    """How many criteria a standard has, of each kind, and how many are confirmed; whatever the filters keep."""
    own = [slow.group.criteria[code][1] for code in slow.group.asked_in(slow.choice.framework)]
    found = Counter(one["verification"] for one in own)
    left, n_own = found["to_verify"], found["own_reading"]
    some = ("standard.to_verify" if left else "standard.all_verified") + ("" if n_own else "_exact")
    title = slow.framework["short_title"]
    checked = {"title": title, "confirmed": found["confirmed"], "own": n_own}
    verified = said(some, n=left or len(own), **({"of": len(own)} if left else {}), **checked)
    if left == len(own):
        verified = said("standard.none_verified", title=title, n=left)
    kinds = Counter(one["kind"] for one in own)
    return [
        said(
            "standard.finding" if len(slow.kinds) > 1 else "standard.finding_alone",
            verified=verified,
            areas=UNDERIVED,
            respect=kinds["respect"],
            support=kinds["support"],
            criteria=said("standard.n_criteria", n=len(own)),
            critical=sum(bool(one.get("critical")) for one in own),
        )
    ]


def sources(slow: Slow) -> list[Said]:
    """How many standards and outside datasets there are, and how many criteria of each standard are confirmed."""
    confirmed = []
    for code, one in sorted(slow.group.standards.items(), key=lambda pair: pair[1]["title"].casefold()):
        own = [slow.group.criteria[each][1]["verification"] for each in slow.group.asked_in(code)]
        n = own.count("confirmed")
        confirmed.append(said("data.confirmed_of", title=one["short_title"], n=n, of=len(own)))
    outside = {(row["dataset"], row["publisher"], row["licence"]) for row in slow.group.facts}
    unclear = sum(licence == "to_verify" for _, _, licence in outside)
    counts = {"standards": len(confirmed), "outside": len(outside)}
    found = [said(f"data.{name}", n=n) for name, n in counts.items() if n]
    key = "data.sources_found" if unclear else "data.sources_sound"
    return [said(key, found=found, open=unclear, confirmed=confirmed)]


def crosswalk(slow: Slow) -> list[Said]:
    """How many areas meet the other side, and which of both sides meet nothing."""
    against = slow.choice.against
    if slow.framework.get("supersedes") == against:
        return _editions(slow, against, slow.choice.framework)
    if slow.group.standards.get(against, {}).get("supersedes") == slow.choice.framework:
        return _editions(slow, slow.choice.framework, against)
    columns, rows, met = slow.own_areas(), slow.across(against), slow.met(against)
    if not columns or not rows:
        return [said("crosswalk.nothing" if slow.is_filtered else "crosswalk.unlinked")]
    with_any = [code for code in columns if any((code, other) in met for other in rows)]
    alone = [slow.area_name(code) for code in columns if code not in with_any]
    unmet = [slow.area_name(other) for other in rows if not any((code, other) in met for code in columns)]
    key = "crosswalk.finding" if against in slow.group.standards else "crosswalk.lens"
    parts = [said(key, n=len(with_any), of=len(columns), areas=UNDERIVED, against=UNDERIVED)]
    parts += [said("crosswalk.alone", titles=alone)] if alone else []
    return [*parts, *([said("crosswalk.unmet", titles=unmet)] if unmet else [])]


def _editions(slow: Slow, earlier: str, later: str) -> list[Said]:
    found = Counter(slow.became(earlier, later).values())
    if not found:
        return [said("editions.nothing")]
    titles = {"earlier": earlier, "later": later}
    named = {name: slow.group.standards[code]["short_title"] for name, code in titles.items()}
    return [said("editions.finding", **named, **{name: found[name] for name in RELATIONS})]


def case(slow: Slow) -> list[Said]:
    """Case: how many criteria of the standard in view it is about, and how many of these are not in place."""
    (one,) = [case for case in slow.every_case() if case["case_study"] == slow.choice.case_study]
    own = [code for code in slow.canonical(one) if slow.group.criteria[code][0] == slow.choice.framework]
    places = {"title": one["title"], "framework": slow.framework["short_title"]}
    if not own:
        return [said("cases.opened_other", **places)]
    weak = sum(map(slow.is_weak, own))
    return [
        said("cases.opened", n=len(own), **places),
        said(f"cases.opened{'_all' * (weak == len(own))}_gaps", n=weak) if weak else said("cases.opened_no_gap"),
    ]


def facts(slow: Slow) -> list[Said]:
    """Country, Outside facts: how many are on record, and how many of them are old."""
    operation = slow.choice.operation
    found = slow.recorded(slow.group.home[operation])
    if not found:
        return []
    limits = {row["indicator"]: int(row["limit_years"]) for row in slow.group.indicators}
    old = sum(slow.choice.today.year - year > limits[code] for code, year in found.items())
    key = "country.facts_old" if old else "country.facts_title"
    return [said(key, n=len(found), operation=slow.name_of(operation), old=old)]


def to_edit(slow: Slow) -> list[Said]:
    """Action plan, Edit many: how many actions there are, and what is missing from those still to do."""
    if not slow.actions:
        return [said("plan.none_here")]
    live = [row for row in slow.actions if slow.is_live(row)]
    return [
        said(
            "plan.finding_grid",
            n=len(slow.actions),
            live=len(live),
            unowned=sum(not row["owner_role"] for row in live),
            uncaused=sum(not row.get("cause") for row in live),
            unclassed=sum(not (row.get("effort") and row.get("cost")) for row in live),
        )
    ]


def robust(slow: Slow) -> list[Said]:
    """How reliable: the mean, and the lowest and highest of all ways of calculating it."""
    mean = slow.by_country(slow.of_kind(), counting="answers")
    if slow.band(mean.percent, mean.n_answered) is None:
        return NOTHING_DERIVED
    lowest, highest = slow.range_of_ways()
    return [said("robust.stand", percent=mean.percent, lowest=lowest, highest=highest), UNDERIVED]


def question(slow: Slow) -> list[Said]:
    """One question: how many operations gave which answer."""
    found = slow.given_to(slow.choice.criterion).values()
    if slow.choice.criterion not in slow.criteria_kept or not found:
        return NOTHING_DERIVED
    counts = Counter(_name(role, value) for role, value, _ in found)
    names = ("full", "part", "nil", "not_applicable", "not_known", "unanswered", "not_asked")
    parts = [said("review.n", n=counts[name], answer=UNDERIVED) for name in names if counts[name]]
    return [said("review.finding", n=len(found), parts=parts), UNDERIVED]


def _name(role: str, value: Fraction | None) -> str:
    return role if value is None else "full" if value == 1 else "nil" if value == 0 else "part"
