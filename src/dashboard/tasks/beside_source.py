"""The figures of a publication beside those of a source: the same framework and round, and never added up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.model.view.view_state import ViewState
from dashboard.queries.ask import Value, rows
from dashboard.queries.given import given
from dashboard.queries.overview.rows import AreasRow
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published


@dataclass(frozen=True)
class Beside:
    """One principle or key area in both; None where it is not asked. `difference` is theirs less one's own."""

    title: str
    own: AreasRow | None
    theirs: AreasRow | None
    difference: float | None


@dataclass(frozen=True)
class Side:
    """One of the two: the version of the framework, what it asks as a checksum, and the last day of an answer."""

    version: str
    checksum: str
    answered_on: date | None


@dataclass(frozen=True)
class Compared:
    """Both sides with a row for each principle. Without `theirs` the source has no such framework or round."""

    own: Side
    theirs: Side | None = None
    rounds: tuple[str, ...] = ()
    rows: tuple[Beside, ...] = ()

    @property
    def same_questions(self) -> bool:
        """Whether both asked the same, so that a difference is one of answers."""
        return self.theirs is not None and self.own.checksum == self.theirs.checksum


def compare(
    published: Published, own: Mapping[str, Value], source: Published, state: ViewState, today: date
) -> Compared:
    """Compare what `own`, the parameters of the view, gives with the same framework and round of the source.

    Filters do not count for the source: its countries and operations are not one's own.
    """
    mine, theirs = side(published, state), side(source, state)
    known = known_codes(source)
    rounds = known.of("round", state.framework)
    if mine is None or theirs is None or state.round not in rounds:
        return Compared(mine or Side("", "", None), None, rounds if theirs is not None else ())
    asked = ViewState(
        framework=state.framework, round=state.round, kind=state.kind, counting=state.counting, lang=state.lang
    )
    of_source = given(source, asked, known, today, within=())
    compared = Compared(mine, theirs, rounds)
    both = _beside(rows(published, "areas", own), rows(source, "areas", of_source), compared.same_questions)
    return replace(compared, rows=tuple(both))


def side(published: Published, state: ViewState) -> Side | None:
    """What a publication says of the framework and round of a view; None if it has no such framework."""
    with published.cursor() as cursor:
        found = cursor.execute(
            "SELECT version, checksum, (SELECT max(answered_on) FROM answer JOIN round USING (round_no) "
            "JOIN criterion USING (criterion_no) WHERE round = $round AND framework_no = f.framework_no) "
            "FROM framework AS f WHERE framework = $framework",
            {"framework": state.framework, "round": state.round},
        ).fetchone()
    return Side(*found) if found else None


def _beside(own: list[AreasRow], theirs: list[AreasRow], same_questions: bool) -> Iterator[Beside]:
    """A row for each principle in either, in the order of one's own."""
    of_own, of_theirs = ({row["area"]: row for row in found} for found in (own, theirs))
    for area in dict.fromkeys((*of_own, *of_theirs)):
        mine, other = of_own.get(area), of_theirs.get(area)
        title = next(row["area_title"] for row in (mine, other) if row is not None)
        scores = [row["mean"] for row in (mine, other) if row is not None and row["mean"] is not None]
        known = same_questions and len(scores) == len((mine, other))
        yield Beside(title, mine, other, scores[1] - scores[0] if known else None)
