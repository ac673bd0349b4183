"""Declares every key that a session holds: its type, its content, and what becomes of it when the next group starts.

Two other kinds of keys are not listed here: fields of the view, each under its own name (`FIELDS`), and widgets drawn
once per row, field or file, whose names are composed where they are drawn.

See docs/decisions/0016-view-and-address.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar, cast, overload

import streamlit as st

from dashboard.model.mapping import SheetMapping
from dashboard.model.plan import AgreedAction
from dashboard.model.problem import HandedFile, Problem
from dashboard.model.records import Draft
from dashboard.model.tour import Step
from dashboard.store.history import Revision
from dashboard.store.locking import Outcome
from dashboard.tasks.sheet_reading import Corrections, ReadingOptions, SheetReading, WrittenTable

Held = TypeVar("Held")


class Fate(Enum):
    """What becomes of a key when the next group starts; see `frame/tour.py`."""

    OF_THE_RUN = "stays: it says where this run is"
    OF_THE_PRESENTER = "stays: whoever leads the room has set it for all groups"
    FORGOTTEN = (
        "cleared: what a group has typed, handed in, tried or agreed; a switch, a note of a run, what a widget shows"
    )


class Key(Generic[Held]):
    """One key of the session. With `stays`, it survives hiding or showing names; see `versions/masking.py`.

    What stays names nobody, or is not shown while names are hidden.
    """

    def __init__(self, name: str, fate: Fate, *, stays: bool = False) -> None:
        self.name = name
        self.fate = fate
        self.stays = stays

    def is_set(self) -> bool:
        """Whether the session holds a value here."""
        return self.name in st.session_state

    def now(self) -> Held:
        """Return the value. Raises KeyError if there is none."""
        return cast(Held, st.session_state[self.name])

    @overload
    def get(self) -> Held | None: ...
    @overload
    def get(self, default: Held) -> Held: ...
    def get(self, default: Held | None = None) -> Held | None:
        """Return the value, or `default`."""
        return cast("Held | None", st.session_state.get(self.name, default))

    def set(self, value: Held) -> None:
        """Set the value. A widget's value must be set before the widget is drawn."""
        st.session_state[self.name] = value

    @overload
    def pop(self) -> Held | None: ...
    @overload
    def pop(self, default: Held) -> Held: ...
    def pop(self, default: Held | None = None) -> Held | None:
        """Remove the value and return it, or `default`."""
        return cast("Held | None", st.session_state.pop(self.name, default))

    def setdefault(self, default: Held) -> Held:
        """Return the value, setting it to `default` if there is none."""
        return cast(Held, st.session_state.setdefault(self.name, default))


NUMBER = "number"
"""The explanation of a mark that stands for a figure: how its number is calculated."""


@dataclass(frozen=True)
class OpenMark:
    """A clicked mark: the fields of the view that identify it, and the name of its explanation."""

    fields: Mapping[str, str | tuple[str, ...]]
    explained_by: str = NUMBER


@dataclass(frozen=True)
class Note:
    """The last save of a session: the drafts it tried, by key, the outcome, and whether it undid another."""

    tried: Mapping[Any, Draft[Any]]
    outcome: Outcome
    undoing: bool = False

    @property
    def refused(self) -> bool:
        """Whether nothing was saved."""
        return self.outcome.revision is None


@dataclass(frozen=True)
class GridRows:
    """The rows given to a grid, each as it was and as typed so far, by key. A new `mark` means that others are due."""

    mark: tuple[object, ...]
    widget: str
    rows: Mapping[Any, Draft[Any]]


@dataclass
class Edited:
    """What a session holds of one editor: unsaved drafts by key, the last save, its grid, and what is to be done.

    `asked` is the key of the draft that is to be saved, or the word for all. The drafts in `undo` restore what was
    there before the publication named beside them.
    """

    drafts: dict[Any, Draft[Any]] = field(default_factory=dict)
    note: Note | None = None
    asked: Any = None
    grid: GridRows | None = None
    grids: int = 0
    undo: tuple[Mapping[Any, Draft[Any]], int] | None = None


@dataclass(frozen=True)
class Table:
    """What was made from a sheet in another format: the table as a file, if it has any rows."""

    made: WrittenTable
    file: HandedFile | None


Query = dict[str, str]

STAYING_WIDGETS = ("collect_", "trial_", "plan_", "answering_", "checking_", "mapping_", "room_", "tour_")
"""Prefixes of widget keys that survive hiding names; any other widget may hold a code."""

# The current run and its address.
ENTERED = Key[bool]("entered", Fate.OF_THE_RUN, stays=True)
"""Set once the visitor has come in through `app.py`."""
LANDED = Key[bool]("landed", Fate.OF_THE_RUN, stays=True)
"""Set once it is settled whether the visit begins with the visitor's own work."""
WRITTEN_QUERY = Key[Query]("written_query", Fate.OF_THE_RUN, stays=True)
"""The query that the shell last wrote to the address; any other comes from outside."""
WRITTEN_FRAME = Key[tuple[str, ...]]("written_frame", Fate.OF_THE_RUN, stays=True)
"""The page it was written for, and what else the choices on a page depend on."""
WRITTEN_LEFT = Key[tuple[tuple[Query, float], ...]]("written_left", Fate.OF_THE_RUN)
"""The earlier addresses held by the links of the current page, each with the time it was replaced."""
TOUR_JUMPS = Key[dict[tuple[str, frozenset[tuple[str, str]]], Query]]("tour_jumps", Fate.OF_THE_RUN, stays=True)
"""The query of the place before each jump, by the page and query that was jumped to."""
TOUR_RESTART = Key[bool]("tour_restart", Fate.OF_THE_RUN, stays=True)
"""The button that begins again for the next group."""
TOUR_AGAIN = Key[bool]("tour_again", Fate.FORGOTTEN, stays=True)
"""Whether it is asked for: what is cleared is said, beside that button."""
TOUR_ADDRESS = Key[str]("tour_address", Fate.FORGOTTEN)
"""The address of a view that is to become a step."""

# Settings of the presenter.
SAFE_SWITCH = Key[bool]("safe_switch", Fate.OF_THE_PRESENTER, stays=True)
"""The switch that hides names."""
LARGE_SWITCH = Key[bool]("large_switch", Fate.OF_THE_PRESENTER, stays=True)
"""The switch for a projector."""
SAFE_BEGUN = Key[bool]("safe_begun", Fate.OF_THE_PRESENTER, stays=True)
"""Set once names are hidden and no widget remembers one."""

REMEMBERED = Key[dict[str, str]]("remembered", Fate.OF_THE_PRESENTER, stays=True)
"""Choices made in this session that the browser remembers, by name."""
BROWSER_VIEWS = Key[tuple[Step, ...]]("browser_views", Fate.OF_THE_PRESENTER, stays=True)
"""The views that the browser keeps, once this session has changed them."""
KEEP_NEXT = Key[str]("keep_next", Fate.OF_THE_RUN, stays=True)
"""The name under which the browser requests what it should keep."""
PACK_MADE = Key[tuple[str, dict[str, bytes]]]("pack_made", Fate.FORGOTTEN)
"""For whom a pack was made last, and its files by format."""

# The work of a group.
EDITED = Key[dict[str, Edited]]("edited", Fate.FORGOTTEN, stays=True)
"""What is typed and not saved, and what is said of the last save, by the name of its editor."""
PLAN_AGREED = Key[dict[str, AgreedAction]]("plan_agreed", Fate.FORGOTTEN, stays=True)
"""Actions that a group agreed where this server may not write, by subject."""
WRITER = Key[tuple[str, str]]("writer", Fate.FORGOTTEN, stays=True)
"""The role in which somebody writes, and the reason."""
TRIAL_FILES = Key[tuple[HandedFile, ...]]("trial_files", Fate.FORGOTTEN, stays=True)
"""The files being previewed."""
TRIAL_SIDE = Key[str]("trial_side", Fate.FORGOTTEN, stays=True)
"""Whether pages show the preview or the published data."""
COLLECT_FILES = Key[tuple[HandedFile, ...]]("collect_files", Fate.FORGOTTEN, stays=True)
"""The files that are imported but not published."""
MAPPING_SAID = Key[dict[str, Corrections]]("mapping_said", Fate.FORGOTTEN, stays=True)
"""The corrections to how each sheet is read."""
MAPPING_TAKEN = Key[dict[str, SheetMapping]]("mapping_taken", Fate.FORGOTTEN, stays=True)
"""The accepted mapping of each sheet."""
WHATIF_SCENARIOS = Key[dict[str, tuple[str, ...]]]("whatif_scenarios", Fate.FORGOTTEN, stays=True)
"""Every scenario of this session by name, as codes."""
WHATIF_HIDDEN = Key[dict[str, tuple[str, ...]]]("whatif_hidden", Fate.FORGOTTEN)
"""The scenarios made while names are hidden."""
ROOM_TYPED = Key[str]("room_typed", Fate.FORGOTTEN, stays=True)
"""The choices of a room's question, as typed."""

# Search, the writer, and outcomes of saving.
SEARCH_OPEN = Key[bool]("search_open", Fate.FORGOTTEN)
"""The button that opens the search."""
SEARCH_TYPED = Key[str]("search_typed", Fate.FORGOTTEN)
"""The text searched for everywhere."""
WRITER_ROLE = Key[str]("writer_role", Fate.FORGOTTEN, stays=True)
"""The field of the role."""
WRITER_WHY = Key[str]("writer_why", Fate.FORGOTTEN, stays=True)
"""The field of the reason."""

# The plan.
PLAN_EMPTY = Key[bool]("plan_empty", Fate.FORGOTTEN)
"""Set if a new action starts empty because the suggestion was declined."""
PLAN_AGREE_ON = Key[str]("plan_agree_on", Fate.FORGOTTEN, stays=True)
"""What a group acts on: the choice in an exercise."""

# Imported files.
COLLECT_TURN = Key[int]("collect_turn", Fate.FORGOTTEN, stays=True)
"""How often files were discarded: a file chooser with a new key starts empty."""
COLLECT_TOO_LARGE = Key[Problem]("collect_too_large", Fate.FORGOTTEN, stays=True)
"""The problem that the files chosen last are too large."""
COLLECT_ENDED = Key[bool]("collect_ended", Fate.FORGOTTEN, stays=True)
"""Set if a reading did not finish; choosing the file again retries it."""
COLLECT_ROWS = Key[bool]("collect_rows", Fate.FORGOTTEN, stays=True)
"""The switch that shows every changed row."""
COLLECT_SEEN = Key[Revision | None]("collect_seen", Fate.FORGOTTEN, stays=True)
"""The publication the files were last compared with: a click refers to the one that was shown."""
COLLECT_SINCE = Key[int]("collect_since", Fate.FORGOTTEN, stays=True)
"""The publication that somebody else made while these files were being previewed."""
COLLECT_DONE = Key[tuple[int, int]]("collect_done", Fate.FORGOTTEN, stays=True)
"""The last publication made from the page, and how many rows it left out."""
COLLECT_UNDONE = Key[dict[str, int]]("collect_undone", Fate.FORGOTTEN, stays=True)
"""The publication just undone, and the one that undid it."""
MAPPING_LOOKED = Key[dict[str, tuple[ReadingOptions, SheetReading | Problem]]](
    "mapping_looked", Fate.FORGOTTEN, stays=True
)
"""How each sheet is read and with which options, so that clicks on the page do not reread it."""
MAPPING_MADE = Key[dict[str, Table | Problem]]("mapping_made", Fate.FORGOTTEN, stays=True)
"""The table made from each sheet by its accepted mapping, so that clicks on the page do not reread it."""
MAPPING_NOT_KEPT = Key[Problem]("mapping_not_kept", Fate.FORGOTTEN, stays=True)
"""Why a mapping could not be saved for next time."""
TRIAL_SWITCH = Key[str]("trial_switch", Fate.FORGOTTEN, stays=True)
"""The choice of what pages show while a file is being previewed."""

# Scenarios.
WHATIF_SEEN = Key[set[tuple[str, ...]]]("whatif_seen", Fate.FORGOTTEN)
"""Every version of a scenario this session has shown: an old address, as Back brings one, is not another scenario."""
WHATIF_SIDE = Key[str]("whatif_side", Fate.FORGOTTEN)
"""Whether pages show the scenario or the published data."""
WHATIF_SWITCH = Key[str]("whatif_switch", Fate.FORGOTTEN)
"""The widget for that choice."""
WHATIF_CHOSEN = Key[str]("whatif_chosen", Fate.FORGOTTEN)
"""The choice of the scenario that is shown."""
WHATIF_NAME = Key[str]("whatif_name", Fate.FORGOTTEN)
"""The field of its name."""
WHATIF_BEGUN = Key[tuple[int, tuple[str, str]]]("whatif_begun", Fate.FORGOTTEN)
"""How many drafts of actions were just created, and criterion and operation of the first."""
WHATIF_WHERE = Key["str | None"]("whatif_where", Fate.FORGOTTEN)
"""Where it applies."""
WHATIF_AREA = Key["str | None"]("whatif_area", Fate.FORGOTTEN)
"""Its area."""
WHATIF_CRITERION = Key["str | None"]("whatif_criterion", Fate.FORGOTTEN)
"""Its criterion."""
WHATIF_STATUS = Key["str | None"]("whatif_status", Fate.FORGOTTEN)
"""The assumed status."""
WHATIF_DAY = Key[date]("whatif_day", Fate.FORGOTTEN)
"""The date up to which actions are included."""

# Tours and rooms.
TOUR_NOTE = Key[bool]("tour_note", Fate.FORGOTTEN, stays=True)
"""The switch that shows the presenter's note."""
OUTCOME_ALONE = Key[bool]("outcome_alone", Fate.FORGOTTEN)
"""Whether the summary is shown alone, without the tour bar, as printed."""
PICKED_SHOWN = Key[list[str]]("picked_shown", Fate.FORGOTTEN)
"""What matters most in the current setting: the choice in the tour bar."""
READ_SHOWN = Key[str]("read_shown", Fate.FORGOTTEN)
"""The text being read: the choice in the tour bar."""
READ_NEXT = Key[tuple[str, str]]("read_next", Fate.FORGOTTEN)
"""The page and the text just chosen there."""
ROOM_LINES = Key[str]("room_lines", Fate.FORGOTTEN, stays=True)
"""The field for the choices of a room's question."""
ROOM_ADDRESS = Key[str]("room_address", Fate.FORGOTTEN, stays=True)
"""The choice of the address at which phones reach a room."""
SAID_ONCE = Key[str]("said_once", Fate.FORGOTTEN)
"""What the next page says once, above everything else."""
LEFT_OUT = Key[tuple[Problem, ...]]("left_out", Fate.FORGOTTEN)
"""What a link named and the page left out, for a page that runs again before anybody could read it."""
ROOM_KEPT = Key[int]("room_kept", Fate.FORGOTTEN, stays=True)
"""The question just closed: the next run says what is kept of it."""
ROOM_TOLD = Key[str]("room_told", Fate.FORGOTTEN, stays=True)
"""Why an action on a vote failed."""

# The frame and single pages.
WELCOME_TOUR = Key[bool]("welcome_tour", Fate.FORGOTTEN)
"""Set if the tour of the first visit was requested."""
MENU_OPEN = Key[OpenMark]("menu_open", Fate.FORGOTTEN)
"""The mark whose menu the next run opens."""
MENU_TIMES = Key[int]("menu_times", Fate.FORGOTTEN)
"""How often the clicked mark was cleared in charts."""
SUBJECT_TOUCHED = Key[bool]("subject_touched", Fate.FORGOTTEN)
"""Set once somebody has chosen what is compared."""
SUBJECT_SHOWN = Key[list[str]]("subject_shown", Fate.FORGOTTEN)
"""The field for what is compared."""
SUBJECT_OFFERED = Key["str | None"]("subject_offered", Fate.FORGOTTEN)
"""The suggested subject that was just clicked."""
ROUNDS_DONE = Key[str]("rounds_done", Fate.FORGOTTEN)
"""The sentence on what was done with a round."""
SIGNED_DONE = Key[str]("signed_done", Fate.FORGOTTEN)
"""The sentence on what was said of a level of a round."""
ROUNDS_ASKED = Key[tuple[str, str, str]]("rounds_asked", Fate.FORGOTTEN)
"""What was refused until it is accepted: to close or reopen, the round, and why."""
PUBLISHED = Key[tuple[int, int]]("published", Fate.FORGOTTEN)
"""The publication just made, and how many rows it left out."""

BROUGHT_ASKED = Key[tuple[tuple[str, ...], tuple[str, ...]]]("brought_asked", Fate.FORGOTTEN)
"""What was asked before the files at hand are published, a sentence each; and what changes in closed rounds."""

KEYS: tuple[Key[Any], ...] = tuple(key for key in list(globals().values()) if isinstance(key, Key))


def with_fate(*fates: Fate) -> tuple[Key[Any], ...]:
    """Return the keys with one of these fates."""
    return tuple(key for key in KEYS if key.fate in fates)
