"""What has changed since a pack was last made? Its list holds what every view said then."""

from collections.abc import Iterable, Iterator, Sequence

import yaml

from dashboard.exports.packs.leaf import Leaf, Pack
from dashboard.model.present.pack_list import Found, PackList, shortened
from dashboard.model.present.tour import Step
from dashboard.model.words import Words
from dashboard.tasks.packs.asked import PackView

WIDTH = 110
MOST = 14
"""The most sentences on the first page."""


def list_of(pack: Pack, publication: int, views: Iterable[PackView]) -> PackList:
    """The list of a pack just made, from which the next one is made. Raises ValidationError for a view of no tour.

    It holds the views as they were asked for: without a round, the next pack shows the latest one.
    """
    steps = tuple(
        Step.of_view(view.page, view.query, leaf.name, shortened(leaf.finding))
        for view, leaf in zip(views, pack.leaves, strict=True)
    )
    found = tuple(map(found_in, pack.leaves))
    return PackList(title=pack.title, steps=steps, publication=publication, made_on=pack.made_on, found=found)


def found_in(leaf: Leaf) -> Found:
    """What a view says now."""
    standing = leaf.standing
    if standing is None:
        return Found(finding=leaf.finding)
    return Found(finding=leaf.finding, score=standing.score, answered=standing.answered, applicable=standing.applicable)


def list_yaml(listed: PackList) -> bytes:
    """The list as a file."""
    values = listed.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=WIDTH).encode()


def moved(former: PackList, leaves: Sequence[Leaf], words: Words) -> tuple[str, ...]:
    """Sentences on what has changed: scores and answers first, then findings; that nothing has, if so.

    Views whose names are hidden are not compared, since what they call a country changes every time.
    """
    if any(leaf.masked for leaf in leaves):
        return (words("pack.moved_hidden"),)
    pairs = list(zip(former.found, leaves, strict=False))
    said = list(dict.fromkeys([*_figures(pairs, words), *_findings(pairs, words)]))
    since = words("pack.moved_since", number=str(former.publication), at=former.made_on)
    if not said:
        return (since, words("pack.moved_nothing"))
    more = [words.count("pack.moved_more", len(said) - MOST)] if len(said) > MOST else []
    return (since, *said[:MOST], *more)


def _figures(pairs: Iterable[tuple[Found, Leaf]], words: Words) -> Iterator[str]:
    for then, leaf in pairs:
        now = found_in(leaf)
        if leaf.standing is None:
            continue
        if (then.score, now.score) != (None, None) and then.score != now.score:
            was, is_now = (words("pack.no_score") if one is None else one for one in (then.score, now.score))
            yield words("pack.moved_score", kind=leaf.standing.kind, choice=leaf.choice, was=was, now=is_now)
        if (then.answered, then.applicable) != (now.answered, now.applicable):
            counts = {"was": then.answered, "of": then.applicable, "now": now.answered, "now_of": now.applicable}
            yield words("pack.moved_answers", choice=leaf.choice, **counts)


def _findings(pairs: Iterable[tuple[Found, Leaf]], words: Words) -> Iterator[str]:
    for then, leaf in pairs:
        if then.finding != leaf.finding:
            yield words("pack.moved_finding", name=leaf.name, was=then.finding)
