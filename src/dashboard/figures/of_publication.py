"""The cube of a publication and its single answers, as they are or as they are imagined."""

from dashboard.figures.countings import counted_by
from dashboard.figures.cube import Cube
from dashboard.figures.imagined.all_answers import AllAnswers, read_answers
from dashboard.figures.imagined.sums import imagined_cube
from dashboard.figures.read_cube import read_cube
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published


@once
def cube_of(published: Published, counting: str = "") -> Cube:
    """The cube of a publication: made once, shared by all who ask, and freed with it.

    `counting` is one of `countings.py`, where answers are not counted as they are. Where answers are imagined, the cube
    is that of what they are imagined over, with other sums.
    """
    if counting:
        return counted_by(cube_of(published), counting)
    imagined = published.imagined
    if imagined is None:
        with published.cursor() as cursor:
            return read_cube(cursor)
    level, cube = imagined.levels[-1], cube_of(imagined.over)
    if level.round not in cube.rounds:
        return cube
    round_, answers = cube.rounds.index(level.round), answers_of(imagined.over)
    return imagined_cube(cube, answers, round_, answers.changed(cube, round_, level.changed))


@once
def answers_of(published: Published) -> AllAnswers:
    """All answers of a publication in memory: read once, when something is first imagined, and shared like its cube."""
    cube, imagined = cube_of(published.real), published.imagined
    if imagined is None:
        with published.cursor() as cursor:
            return read_answers(cube, cursor)
    level, under = imagined.levels[-1], answers_of(imagined.over)
    if level.round not in cube.rounds:
        return under
    round_ = cube.rounds.index(level.round)
    return under.imagined(round_, under.changed(cube, round_, level.changed))
