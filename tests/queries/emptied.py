"""What would a publication hold if everything optional were empty in every third row? Makes such a copy."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from dashboard.store.publishing.build import WRITING
from dashboard.store.reader import Published, pool_of
from dashboard.store.sql import CROSSED, NAMED, run

EMPTY = """
-- What the files of a standard may leave out.
UPDATE framework SET edition = NULL, supersedes = NULL WHERE rowid % 3 = 0;
UPDATE framework SET held_in_part = NULL;
UPDATE criterion SET added = NULL, since = NULL, services = [] WHERE rowid % 3 = 0;
UPDATE wording SET partly = NULL WHERE rowid % 3 = 0;
DELETE FROM criterion_link WHERE criterion_no % 3 = 0;
UPDATE theme SET named = false WHERE rowid % 3 = 0;
UPDATE crc_right SET themes = themes[1:1];
UPDATE risk_area SET rights = [] WHERE rowid % 3 = 0;
UPDATE setting SET functions = [], services = [] WHERE rowid % 3 = 0;
UPDATE impact SET citation = NULL, age_groups = [], groups = [], stage = [], rights = [], functions = [], criteria = [],
    touches = [] WHERE rowid % 3 = 0;
UPDATE crosswalk SET note = NULL WHERE rowid % 3 = 0;
UPDATE guidance SET settings = [],
    sources = list_transform(sources, lambda s: {source: s.source, address: NULL, gives: s.gives}) WHERE rowid % 3 = 0;
UPDATE case_study SET ended = NULL, countries = [], settings = [], facts = list_transform(facts, lambda f:
    {fact: f.fact, dated: f.dated, tells: f.tells, source: f.source, address: NULL, differs: NULL}) WHERE rowid % 3 = 0;
-- A version that only a round names was published at no step; its words are not known, nor since when they were asked.
UPDATE framework_version SET step = NULL, published_on = NULL WHERE rowid % 3 = 0;
UPDATE former_text SET since = NULL WHERE rowid % 3 = 0;
UPDATE old_words SET until = NULL WHERE rowid % 3 = 0;
UPDATE old_words SET text = NULL WHERE rowid % 3 = 1;
-- What tables that are handed in may leave empty.
UPDATE operation SET first_round = NULL, services = [] WHERE rowid % 3 = 0;
UPDATE operation SET of_group = 'Toys' WHERE rowid % 3 = 1;
UPDATE answer SET evidence = NULL, note = NULL, answered_by_role = NULL, answered_on = NULL WHERE rowid % 3 = 0;
UPDATE review SET comment = NULL WHERE verdict <> 'asked_back' AND rowid % 3 = 0;
UPDATE review SET reviewed_on = NULL, rated_status = NULL,
    said = {status_no: said.status_no, evidence: NULL, note: NULL, na_reason: said.na_reason} WHERE rowid % 3 = 0;
UPDATE risk_rating SET confidence = NULL, rated_by_role = NULL, rated_on = NULL WHERE rowid % 3 = 0;
UPDATE opportunity_rating SET confidence = NULL, rated_by_role = NULL, rated_on = NULL WHERE rowid % 3 = 0;
UPDATE action SET round = NULL, owner_role = NULL WHERE rowid % 3 = 0;
UPDATE action SET effort = NULL, cost = NULL, cause = NULL WHERE rowid % 3 = 0;
UPDATE action SET reason = NULL WHERE status <> 'dropped' AND rowid % 3 = 0;
UPDATE figure_target SET owner_role = NULL, note = NULL, baseline = NULL WHERE rowid % 3 = 0;
UPDATE child_participation SET age_groups = [], children = NULL, girls = NULL, boys = NULL, withheld = [],
    children_with_disabilities = NULL, out_of_school = NULL, consent = NULL, safeguarding_lead = NULL,
    changed = NULL, what_changed = NULL, trained_partner = NULL, fed_back = NULL, evidence_ref = NULL,
    held_on = NULL, note = NULL WHERE rowid % 3 = 0;
UPDATE evidence_item SET link = NULL, document = NULL, dated_on = NULL, page = NULL, holder = NULL WHERE rowid % 3 = 0;
UPDATE context SET licence = NULL, note = NULL WHERE rowid % 3 = 0;
-- The sample has no problem: one for which nothing is near.
INSERT INTO problem VALUES (0, 'unknown_criterion', 'answers.csv', 2, 'criterion', 'zzz', 'a criterion', NULL, 'row');
"""


def emptied(published: Published, target: Path) -> Published:
    """The copy at `target`, with all derived tables made again."""
    return changed(published, target, EMPTY, ("readings", *NAMED, *CROSSED))


def changed(published: Published, target: Path, change: str, made: Iterable[str]) -> Published:
    """A copy at `target` with its tables changed by some SQL, and what files of the store derive from them (`made`)."""
    with published.cursor() as cursor:
        ((path,),) = cursor.execute(
            "SELECT path FROM duckdb_databases() WHERE database_name = current_catalog()"
        ).fetchall()
    shutil.copyfile(path, target)
    with duckdb.connect(str(target), config=WRITING) as connection:
        connection.execute(change)
        for name in made:
            run(connection, name)
    return Published(published.revision, pool_of(target, target.stat().st_size))
