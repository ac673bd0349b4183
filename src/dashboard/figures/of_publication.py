"""The cube of a publication, as it is or as it is imagined."""

from dashboard.figures.cube import Cube
from dashboard.figures.imagined import imagined_cube
from dashboard.figures.read_cube import read_cube
from dashboard.store.reading.cache import once
from dashboard.store.reading.reader import Published


@once
def cube_of(published: Published) -> Cube:
    """The cube of a publication: made once, shared by all who ask, and freed with it.

    Where answers are imagined it is that of what they are imagined over, with other sums.
    """
    imagined = published.imagined
    if imagined is None:
        with published.cursor() as cursor:
            return read_cube(cursor)
    round_, changes = imagined.levels[-1]
    with imagined.over.cursor() as cursor:
        return imagined_cube(cube_of(imagined.over), cursor, round_, changes)
