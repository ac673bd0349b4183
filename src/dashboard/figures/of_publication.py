"""The cube of a publication, as it is or as it is imagined."""

from dashboard.figures.countings import counted_by
from dashboard.figures.cube import Cube
from dashboard.figures.imagined import imagined_cube
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
    round_, changes = imagined.levels[-1]
    with imagined.over.cursor() as cursor:
        return imagined_cube(cube_of(imagined.over), cursor, round_, changes)
