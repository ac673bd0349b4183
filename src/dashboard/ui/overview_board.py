"""What a pack takes from Overview in words: the first matters with what is asked of the board, and the worst gaps."""

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Any

import pyarrow as pa

from dashboard.model.words import Claim, Claims
from dashboard.queries.overview_decisions import DecisionsRow
from dashboard.queries.risks_list import RISK_LIST
from dashboard.ui.elements.rated_impacts import gap_claims, gap_places
from dashboard.ui.elements.sentences import few
from dashboard.ui.escape import escaped_rows, short
from dashboard.ui.overview_decisions import FIRST, answers_for, n_late, said_of
from dashboard.ui.page_content import listed, plain
from dashboard.ui.view import View

BRIEF, OWNER = 120, 60
"""Characters of what a matter is, and of the role that owns it, in a table with four other columns."""
WORST = 3
"""Severe gaps in words."""


def hand_over(view: View, decisions: list[DecisionsRow]) -> None:
    """Hand the first matters over with what is asked of the board, and all of them whole; or that there are none."""
    words = view.words
    if not decisions:
        listed("decisions", lambda: _asked(view, []), words("overview.no_decisions"))
        return
    n = len(decisions)
    beside = (words.count("overview.matters", n, shown=FIRST),) if n > FIRST else ()
    listed("decisions", partial(_asked, view, decisions[:FIRST]), _waiting(view, decisions), lambda: beside)
    listed("decisions_all", partial(_whole, view, decisions), _by_kind(view, decisions))


def _waiting(view: View, decisions: list[DecisionsRow]) -> str:
    """Say how many matters need a decision, and how many actions are overdue."""
    overdue = [Claim.count("overview.late_actions", late)] if (late := n_late(decisions)) else []
    return view.words.say(Claim.count("overview.waiting", len(decisions)), *overdue)


def _by_kind(view: View, decisions: list[DecisionsRow]) -> str:
    """Say how many of the matters have severe gaps, failed without one, or are overdue actions."""
    kinds = ["with_gaps" if row["n_gaps"] else row["kind"] for row in decisions]
    counts = {kind: kinds.count(kind) for kind in ("with_gaps", "critical", "overdue")}
    said = (view.words.count(f"overview.n_{kind}", n) for kind, n in counts.items() if n)
    return view.words("overview.by_kind", kinds=view.words.listed(said))


def _asked(view: View, decisions: Sequence[DecisionsRow]) -> pa.Table:
    """Return the matters as short as a slide needs them, with the action due first and what is asked of the board."""
    words = view.words
    rows = [
        {
            "matter": short(plain(words.say(said_of(view, row))), BRIEF),
            "where": plain(few(words, row["countries"])),
            "owner_role": short(plain(_owner(view, row)), OWNER),
            "first_due": _due(view, row),
            "asked": plain(words.say(*asked_of(view, row))),
        }
        for row in decisions
    ]
    names = ("matter", "where", "owner_role", "first_due", "asked")
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in names]))


def _owner(view: View, row: DecisionsRow) -> str:
    if not row["n_acted"]:
        return view.words("asked.no_action")
    return row["owner_role"] or view.words("overview.no_owner")


def _due(view: View, row: DecisionsRow) -> str | None:
    if row["due_on"] is None:
        return None
    return view.words("asked.overdue", due=row["due_on"]) if _is_late(view, row) else view.words.shown(row["due_on"])


def _is_late(view: View, row: DecisionsRow) -> bool:
    return row["due_on"] is not None and row["due_on"] < view.today


def asked_of(view: View, row: DecisionsRow) -> Claims:
    """Return what a matter asks of the board, by its actions.

    Without any, an owner and a date. Of what is overdue or has no owner, a new date or an owner. Where some operations
    have no action, owners there. If nothing of this holds, support until the first action is due.
    """
    if not row["n_acted"]:
        return (Claim.of("asked.name"),)
    asked: list[Claim] = []
    if _is_late(view, row):
        asked.append(Claim.count(f"asked.late{'' if row['owner_role'] else '_unowned'}", row["n_overdue"]))
    elif not row["owner_role"]:
        asked.append(Claim.of("asked.unowned", due=row["due_on"]))
    if without := row["n"] - row["n_acted"]:
        asked.append(Claim.count("asked.name_where", without, of=row["n"]))
    return tuple(asked) or (Claim.count("asked.support", row["n_acted"], due=row["due_on"]),)


def _whole(view: View, decisions: Sequence[DecisionsRow]) -> pa.Table:
    """Return every matter with nothing shortened: standard, all countries, severe gaps, and who acts by when."""
    words = view.words
    standards = [row["framework"] and view.option_title("framework", row["framework"], "") for row in decisions]
    countries = [[plain(title) for title in row["countries"]] for row in decisions]
    return pa.table(
        {
            "matter": [plain(words.say(said_of(view, row, whole=True))) for row in decisions],
            "framework": pa.array(standards, pa.string()),
            "where": [words.listed(titles) for titles in countries],
            "n_severe_gaps": pa.array([row["n_gaps"] or None for row in decisions], pa.int64()),
            "action": [plain(" · ".join(map(words.say, answers_for(view, row)))) for row in decisions],
        }
    )


def severe_gaps(decisions: Sequence[DecisionsRow]) -> int:
    """Return how many severe gaps there are: each stands in one matter."""
    return sum(row["n_gaps"] for row in decisions)


def worst_gaps(view: View, decisions: Sequence[DecisionsRow]) -> tuple[str, ...]:
    """Return the first severe gaps in words: the risk, where and why it is not shown to be addressed, what is missing.

    In the order of the list of risks.
    """
    found = (row for row in escaped_rows(view.published, RISK_LIST, view.parameters()) if row["n_severe_gaps"])
    return tuple(_worst(view, row, decisions) for row in islice(found, WORST))


def _worst(view: View, row: Any, decisions: Sequence[DecisionsRow]) -> str:
    because = Claim.of("severe_gap.because", reason=gap_places(view, gap_claims(row)[0]))
    matters = (one for one in decisions if one["kind"] == "critical" and row["impact"] in one["impacts"])
    missing = "; ".join(dict.fromkeys(view.words.say(said_of(view, one)) for one in matters))
    key = "exposures.worst_missing" if missing else "exposures.worst"
    return view.words(key, risk=row["text"], because=because, missing=missing)
