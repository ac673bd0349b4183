"""Which tables do readers get of a page that draws its list itself, and with which columns?"""

from collections.abc import Mapping

OWED = {"owed": ("country_title", "operation_title", "n_left>n_missing")}

READERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "country/answers": {"answers": ("criterion", "text", "operation_title", "status_title", "note")},
    "country/own_risks": {"operation_risks": ("text>risk", "setting_title", "severity", "likelihood")},
    "country/heard": {"participation": ("operation_title", "held_on", "children", "what_changed")},
    "review": {"review": ("operation_title", "country_title", "status_title", "note")},
    "frameworks": {"standard": ("criterion", "text", "citation"), "beside_points": ("text", "citation")},
    "guidance": {"guidance_for_you": ("title>guidance", "criterion", "text", "risk", "severity")},
    "plan/actions": {
        "plan": ("text>action_text", "operation_title", "owner_role", "due_on", "status>action_status"),
        "plan_unplanned": ("text>risk", "operation_title", "severity", "likelihood"),
    },
    "plan/effects": {"next_best": ("criterion", "text", "status_title", "severity")},
    "plan/targets": {
        "targets": (
            "area_title",
            "operation_title",
            "target_percent",
            "target_expected",
            "target_today",
            "target",
            "due_on",
            "target_status",
        )
    },
    "collect/own": OWED,
    "collect/collect": OWED,
    "collect/answer": OWED,
    "collect/owed": OWED,
    "collect/check": OWED,
    "data/sources": {
        "sources": ("title", "publisher", "years", "licence"),
        "method": ("title>framework", "average_of", "bands"),
    },
}
"""By page and part: the tables, and of each the columns in order. `text>risk` is the column `text` below the head of
`column.risk`.
"""


BLANKS = {("targets", "operation_title"): "target.group", ("targets", "area_title"): "pack.all_areas"}
"""By table and column: the key of what an empty cell means."""


def readers_of(page: str, part: str) -> Mapping[str, tuple[str, ...]]:
    """Return the tables for readers of a page with a part open."""
    return READERS.get(f"{page}/{part}") or READERS.get(page) or {}
