"""What does DuckDB say about the rows of each question, and where in them were nulls seen?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

import pyarrow as pa

from dashboard.loading.yaml_file import read_words
from dashboard.model.view_state import ViewState, normalised
from dashboard.queries.ask import ask, names, questions
from dashboard.queries.withhold import WITHHELD, holds_figures
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published
from dashboard.ui.view import View
from tests.conftest import TODAY
from tests.queries.declared import nulls

BESIDE = frozenset(name for name, file in questions().items() if Path(str(file)).parent.name == "beside")
"""Questions that only folded ones use: no page sees their rows."""
OF_PAGES = tuple(name for name in names() if name not in BESIDE)

NULL_TOO: Mapping[str, tuple[str, ...]] = {
    # Where too little is answered, a standard has no figure to keep.
    "approvals": ("figures[].band", "figures[].percent"),
    # An imagined answer is in no publication.
    "checking": ("step",),
    # A figure has parts only where its file has, and only some rows of law need a note.
    "context": ("parts[].age", "parts[].residence", "parts[].sex"),
    "law": ("note",),
    # The subject of an action may be gone from the standard, and its expected status from the scale.
    "gains_actions": ("was_title", "was_as", "expected_title"),
    "plan": ("subject_text",),
    # There may be no lead function.
    "plan_subject": ("leads",),
    # A criterion of one edition may have no successor in the next.
    "editions": ("later", "later_services", "later_text"),
    # No round may ask a standard, and nobody may have answered in one.
    "guidance_criteria": ("round_title", "other_round"),
    "owed_rounds": ("last_answered_on",),
    "right_text": ("articles",),
    "tour_steps": ("note",),
    "problems": ("row", "column", "value", "expected"),
    # Too little may be matched, and nothing may be asked, apply or be rated.
    "changes": ("all_change",),
    "compare_criteria": ("apart", "value"),
    "compare_figures": ("coverage", "high", "low"),
    "exposures": ("n_answered", "n_applicable"),
    "number": ("high", "low"),
    "next_best": ("guidance", "step", "value"),
}  # fmt: skip
"""Nullable columns that Python reads and that happen to have no nulls in the publications examined."""

CHOICES: tuple[Mapping[str, object], ...] = (
    {
        "framework": "crbp",
        "criterion": "CRBP-01.b",
        "guidance": "G-guards-contract-clause",
        "tour": "executive",
        "by": "right",
        "subject": ("gha-op", "group.countries", "operations.toys"),
        "earlier": "2023",
    },
    {
        "framework": "crbp",
        "round": "2023",
        "operation": "col-op",
        "impact": "IMP-depots-RA08-o1",
        "action": "A-013",
        "subject": ("col-op", "operations.toys", "GHA@2024"),
    },
    {
        "framework": "crbp",
        "operation": "gha-op",
        "case_study": "C13",
        "guidance": "G-access-who-is-turned-away",
        "by": "right",
        "subject": ("gha-op", "col-op"),
        "earlier": "2024",
    },
    {"framework": "cop-2014", "round": "2024", "operation": "HQ", "kind": "support", "action": "A-008"},
    {
        "framework": "cop-2020",
        "country": ("GHA",),
        "operation": "gha-op",
        "right": ("privacy",),
        "case_study": "C12",
        "by": "right",
        "subject": ("gha-op", "group.countries"),
    },
    {"framework": "toy", "round": "R1", "operation": "a-op", "criterion": "T1.a", "guidance": "G-file-edges"},
    {"framework": "toy", "operation": "b-op", "case_study": "TC1", "impact": "TOY-I1", "guidance": "G-lend-fairly"},
)
"""Selections. Codes that a publication does not know are dropped, so that each selection fits each publication."""
GIVEN: Mapping[str, object] = {
    "row_code": "CRBP-05",
    "column_code": "COP14-A2",
    "against": "cop-2014",
    "focus": "privacy",
    "operation_numbers": (1, 3),
    "criterion_numbers": (2, 5, 7),
    "of_setting": "retail_agents",
    "of_country": "",
    "looked": ("G-guards-contract-clause", "C01"),
    "earlier_edition": "cop-2014",
    "later_edition": "cop-2020",
    "within": (),
    "of_round": "2025",
    "wheres": ("all", "gha-op", "GHA", "all", "all"),
    "whats": ("CRBP-01.b", "CRBP-01.b", "CRBP-05", "planned", "T1"),
    "becomes": ("not_implemented", "implemented", "implemented", "2027-12-31", "yes"),
}
"""What pages pass in addition to the view."""


@dataclass
class Description:
    """The columns of a question by name and type, the places in them that were null, and how many rows were seen."""

    columns: Mapping[str, pa.DataType]
    nulls: set[str] = field(default_factory=set)
    rows: int = 0


def described(publications: Iterable[Published], names: Iterable[str] = OF_PAGES) -> dict[str, Description]:
    """Every question, asked of each publication with each selection."""
    found: dict[str, Description] = {}
    for published, name, given in product_of(publications, names):
        table = ask(published, name, given)
        columns = {column.name: column.type for column in table.schema}
        description = found.setdefault(name, Description(columns, withheld(columns)))
        assert description.columns == columns, f"{name} has other columns of other types at times"
        description.nulls.update(nulls(table))
        description.rows += table.num_rows
    return found


def withheld(columns: Iterable[str]) -> set[str]:
    """Which columns of a question are null if a room may not see what one or two answers say."""
    names = {*columns}
    return {name for name in names & WITHHELD.keys() if WITHHELD[name] is None} if holds_figures(names) else set()


def product_of(
    publications: Iterable[Published], names: Iterable[str]
) -> Iterator[tuple[Published, str, Mapping[str, object]]]:
    """Each question with its parameters, for each publication and selection."""
    words = read_words()
    for published, choice in product(publications, CHOICES):
        known = known_codes(published)
        state = normalised(replace(ViewState(), **choice), known)  # type: ignore[arg-type]
        given = View("rows", state, words, published, known, TODAY).parameters(**GIVEN)
        yield from ((published, name, given) for name in names)
