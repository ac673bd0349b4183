"""The cube of a publication and its single answers, as published or as imagined."""

from dashboard.figures.countings import counted_by
from dashboard.figures.cube import Cube
from dashboard.figures.imagined.all_answers import AllAnswers, Changed, read_answers
from dashboard.figures.imagined.sums import imagined_cube
from dashboard.figures.read_cube import read_cube
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published


@once
def cube_of(published: Published, counting: str = "") -> Cube:
    """The cube of a publication: made once, shared by all who ask, and freed with it.

    `counting` names a way of counting in `countings.py`, if answers are not counted as they are. For imagined answers,
    the cube is that of the publication beneath them, with changed sums.
    """
    if counting:
        return counted_by(cube_of(published), counting)
    imagined = published.imagined
    if imagined is None:
        with published.cursor() as cursor:
            return read_cube(cursor)
    cube, laid_over = cube_of(imagined.over), _laid_over(published)
    return imagined_cube(cube, answers_of(imagined.over), *laid_over) if laid_over else cube


@once
def answers_of(published: Published) -> AllAnswers:
    """All answers of a publication in memory: read once, when something is first imagined, and shared like its cube."""
    imagined = published.imagined
    if imagined is None:
        with published.cursor() as cursor:
            return read_answers(cube_of(published), cursor)
    under, laid_over = answers_of(imagined.over), _laid_over(published)
    return under.imagined(*laid_over) if laid_over else under


def _laid_over(published: Published) -> tuple[int, Changed] | None:
    """What was imagined last: the place of its round and its changes to the answers beneath; None if there is none."""
    imagined, cube = published.imagined, cube_of(published.real)
    if imagined is None or imagined.levels[-1].round not in cube.rounds:
        return None
    level = imagined.levels[-1]
    round_ = cube.rounds.index(level.round)
    return round_, answers_of(imagined.over).changed(cube, round_, level.changed)
