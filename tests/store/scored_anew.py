"""What would all sums be if the answers that a cursor reads were scored again? By the SQL that scores a publication."""

import duckdb

from dashboard.figures.cube import Cube
from dashboard.figures.read_cube import read_cube
from dashboard.store.sql import run

UNDER_THEIR_NAMES = """
CREATE TEMP TABLE touched AS SELECT DISTINCT round_no, country_no FROM tally;
CREATE TEMP TABLE anew_tally AS FROM tally LIMIT 0;
CREATE TEMP TABLE anew_matched AS FROM matched LIMIT 0;
ALTER TABLE anew_tally RENAME TO tally;
ALTER TABLE anew_matched RENAME TO matched;
CREATE TEMP VIEW score AS SELECT * EXCLUDE (operation) FROM scored WHERE operation IS NULL;
CREATE TEMP VIEW score_alone AS FROM scored WHERE operation IS NOT NULL;
CREATE TEMP VIEW score_change AS SELECT * EXCLUDE (operation) FROM scored_change WHERE operation IS NULL;
CREATE TEMP VIEW score_change_alone AS FROM scored_change WHERE operation IS NOT NULL;
"""


def score_anew(cursor: duckdb.DuckDBPyConnection) -> Cube:
    """The sums, in temporary tables of the cursor with the names of the published ones, and as a cube."""
    cursor.execute(UNDER_THEIR_NAMES)
    run(cursor, "scoring")
    return read_cube(cursor)
