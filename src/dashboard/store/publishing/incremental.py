"""What has a load changed, and what of a publication depends on it? Only that is made again.

See docs/decisions/0008-incremental-loads.md.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import duckdb

from dashboard.loading.files.staging import Staged
from dashboard.model.records import RECORDS
from dashboard.store.records.checks import LISTED

LISTS = {
    "country": "*",
    "operation": "* EXCLUDE (profile_no)",
    "round": "* EXCLUDE (closed)",
    "indicator": "*",
    "wording": "*",
}
"""The tables of the lists, and the columns that say what is asked and what it is called."""
TABLES = {
    record.form: record.table
    for record in RECORDS.values()
    if record.form != "answers" and (record.form not in LISTED or record.form == "rounds")
}
"""By form, the table that its rows go into. Of the other lists, what has changed is compared; answers are folded."""
ANSWERED = ("answer", "answer_log", "brought", "tally", "matched")
"""The tables that answers go into or are folded into."""
_CREATES = re.compile(r"CREATE (?:OR REPLACE )?(?P<kind>TABLE|VIEW|MACRO) (?:IF NOT EXISTS )?(?P<name>\w+)")
_READ = re.compile(r"\b(?:staged|sound)_(\w+)")


@dataclass
class LoadChanges:
    """The names of tables that have changed, growing as others are derived from them; or `everything`."""

    everything: bool = False
    names: set[str] = field(default_factory=set)

    def must_rerun(self, text: str) -> bool:
        """Whether to execute a statement, because it reads something changed; its results then count as changed too."""
        created = _CREATES.search(text)
        read = set(re.findall(r"\w+", text)) - ({created["name"]} if created else set())
        reached = not self.names.isdisjoint(read)
        if reached and created:
            self.names.add(created["name"])
        # Temporary tables last for one load; views and macros stay correct over other rows.
        return self.everything or " TEMP " in text or (reached and not (created and created["kind"] != "TABLE"))

    def written(self) -> frozenset[str] | None:
        """The tables that a load has written to; None if any may have been."""
        return None if self.everything else frozenset({*self.names, "problem", "touched"})


def of_forms(staged: Iterable[Staged], closed: bool) -> Callable[[str], bool]:
    """Whether a statement has anything to read: it names a form with rows in this load, or no form.

    `closed` says whether any round was closed.
    """
    forms = {table.kind for table in staged}

    def filled(text: str) -> bool:
        read = set(_READ.findall(text))
        return (not read or not read.isdisjoint(forms)) and (closed or "was_closed" not in text)

    return filled


def lists_now(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """The content of the lists, as one number each."""
    return {
        table: connection.execute(
            f"SELECT count(*), bit_xor(hash(l)), sum(hash(l)) FROM (SELECT {columns} FROM {table}) AS l"  # noqa: S608
        ).fetchall()
        for table, columns in LISTS.items()
    }
