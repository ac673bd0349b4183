"""What does a session hold under keys of ours? Every key once: its type, what it holds, and what becomes of it.

Two more kinds of keys do not stand here: fields of the view, each under its own name (`FIELDS`), and widgets that are
drawn once a row, a field or a file, under a name that is put together where they are drawn.

See docs/decisions/0018-tours-and-exercises.md.
"""

from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar, cast, overload

import streamlit as st

from dashboard.model.answers.answer import Answer
from dashboard.model.answers.answer import Key as AnswerKey
from dashboard.model.answers.handed_file import HandedFile
from dashboard.model.answers.mapping import SheetMapping
from dashboard.model.answers.participation import Participation
from dashboard.model.draft import Draft
from dashboard.model.plan.action import Action
from dashboard.model.plan.agreed import AgreedAction
from dashboard.model.plan.target import Target
from dashboard.model.present.aside import Aside
from dashboard.model.present.tour import Step
from dashboard.model.problem import Problem
from dashboard.store.history import Revision
from dashboard.store.locking import Outcome
from dashboard.store.publishing.actions import Saved
from dashboard.store.publishing.answers import Check
from dashboard.tasks.sheet_corrections import Corrections
from dashboard.tasks.sheet_reading import ReadingOptions, SheetReading
from dashboard.ui.session_values import GridState, Note, OpenMark, Table

Held = TypeVar("Held")
Query = dict[str, str]


class Fate(Enum):
    """What becomes of a key when the next group begins; see `frame/next_group.py`."""

    OF_THE_RUN = "stays: it says where this run is"
    OF_THE_PRESENTER = "stays: whoever leads the room has set it for all groups"
    PUT_ASIDE = "put aside: a group has typed, handed in, tried or agreed it, and cannot get it back in another way"
    FORGOTTEN = "forgotten: a switch, a note of a run, what a widget shows"


class Key(Generic[Held]):
    """One key of the session. With `stays` it stays when names are hidden or shown again; see `versions/masking.py`.

    What stays names nobody, or is not shown meanwhile.
    """

    def __init__(self, name: str, fate: Fate, *, stays: bool = False) -> None:
        self.name = name
        self.fate = fate
        self.stays = stays

    def is_set(self) -> bool:
        """Whether the session holds anything here."""
        return self.name in st.session_state

    def now(self) -> Held:
        """What is held; KeyError where nothing is."""
        return cast(Held, st.session_state[self.name])

    @overload
    def get(self) -> Held | None: ...
    @overload
    def get(self, default: Held) -> Held: ...
    def get(self, default: Held | None = None) -> Held | None:
        """What is held, else `default`."""
        return cast("Held | None", st.session_state.get(self.name, default))

    def set(self, value: Held) -> None:
        """Hold a value. That of a widget is set before the widget is drawn."""
        st.session_state[self.name] = value

    @overload
    def pop(self) -> Held | None: ...
    @overload
    def pop(self, default: Held) -> Held: ...
    def pop(self, default: Held | None = None) -> Held | None:
        """What was held, else `default`; nothing is held any more."""
        return cast("Held | None", st.session_state.pop(self.name, default))

    def setdefault(self, default: Held) -> Held:
        """What is held; `default` from now on where nothing was."""
        return cast(Held, st.session_state.setdefault(self.name, default))


STAYING_WIDGETS = ("collect_", "trial_", "plan_", "answering_", "checking_", "mapping_", "room_", "tour_")
"""What names of widgets begin with that stay when names are hidden; every other one may hold a code."""

# Where this run is.
ENTERED = Key[bool]("entered", Fate.OF_THE_RUN, stays=True)
"""That the visitor has come in through `app.py`."""
WRITTEN_QUERY = Key[Query]("written_query", Fate.OF_THE_RUN, stays=True)
"""The query that the shell wrote into the address last: any other comes from outside."""
WRITTEN_FRAME = Key[tuple[str, ...]]("written_frame", Fate.OF_THE_RUN, stays=True)
"""The page it was written for, and what else the widgets of the bar depend on."""
WRITTEN_LEFT = Key[tuple[tuple[Query, float], ...]]("written_left", Fate.OF_THE_RUN)
"""The addresses that the links of the page in view held before its last choices, and when each was left."""
TOUR_JUMPS = Key[dict[tuple[str, frozenset[tuple[str, str]]], Query]]("tour_jumps", Fate.OF_THE_RUN, stays=True)
"""By page and query that was jumped to: the query of the place that led there."""
TOUR_RESTART = Key[bool]("tour_restart", Fate.OF_THE_RUN, stays=True)
"""The button for the next group."""
TOUR_BRING_BACK = Key[bool]("tour_bring_back", Fate.OF_THE_RUN, stays=True)
"""The button for what the group before has left."""
TOUR_ADDRESS = Key[str]("tour_address", Fate.FORGOTTEN)
"""The address of a view that is to become a step."""
TOUR_ASIDE = Key[Aside]("tour_aside", Fate.OF_THE_RUN, stays=True)
"""What the group before has left."""

# What whoever leads the room has set.
SAFE_SWITCH = Key[bool]("safe_switch", Fate.OF_THE_PRESENTER, stays=True)
"""The switch that hides names."""
LARGE_SWITCH = Key[bool]("large_switch", Fate.OF_THE_PRESENTER, stays=True)
"""The switch for a projector."""
SAFE_BEGUN = Key[bool]("safe_begun", Fate.OF_THE_PRESENTER, stays=True)
"""That names are hidden and nothing here remembers one."""

REMEMBERED = Key[dict[str, str]]("remembered", Fate.OF_THE_PRESENTER, stays=True)
"""What was chosen in this session that the browser remembers, by name."""
BROWSER_VIEWS = Key[tuple[Step, ...]]("browser_views", Fate.OF_THE_PRESENTER, stays=True)
"""The views that the browser keeps, once this session has changed them."""
KEEP_NEXT = Key[str]("keep_next", Fate.OF_THE_RUN, stays=True)
"""Under which name the browser asks for what it is to keep."""

# The work of a group.
PLAN_DRAFTS = Key[dict[str, Draft[Action]]]("plan_drafts", Fate.PUT_ASIDE, stays=True)
"""Actions that are not saved, by their id or the name of a new one."""
PLAN_TARGETS = Key[dict[str, Draft[Target]]]("plan_targets", Fate.PUT_ASIDE, stays=True)
"""Targets that are not saved, by what the form chooses them by."""
HEARD_DRAFTS = Key[dict[str, Draft[Participation]]]("heard_drafts", Fate.PUT_ASIDE, stays=True)
"""Records of participation that are not saved, by their code, or the operation and round of a new one."""
PLAN_AGREED = Key[dict[str, AgreedAction]]("plan_agreed", Fate.PUT_ASIDE, stays=True)
"""Actions that a group agreed where this server may not write, by what they are on."""
ANSWERING_DRAFTS = Key[dict[AnswerKey, Draft[Answer]]]("answering_drafts", Fate.PUT_ASIDE, stays=True)
"""Answers that are not saved, by round, operation and criterion."""
CHECKING_DRAFTS = Key[dict[AnswerKey, Check]]("checking_drafts", Fate.PUT_ASIDE, stays=True)
"""Checks that are not saved, by round, operation and criterion."""
WRITER = Key[tuple[str, str]]("writer", Fate.PUT_ASIDE, stays=True)
"""In which role somebody writes, and why."""
TRIAL_FILES = Key[tuple[HandedFile, ...]]("trial_files", Fate.PUT_ASIDE, stays=True)
"""The files on trial."""
TRIAL_SIDE = Key[str]("trial_side", Fate.PUT_ASIDE, stays=True)
"""Whether pages show the files on trial, or what is published."""
COLLECT_FILES = Key[tuple[HandedFile, ...]]("collect_files", Fate.PUT_ASIDE, stays=True)
"""The files that are handed in and not published."""
MAPPING_SAID = Key[dict[str, Corrections]]("mapping_said", Fate.PUT_ASIDE, stays=True)
"""What was said of how each sheet is read."""
MAPPING_TAKEN = Key[dict[str, SheetMapping]]("mapping_taken", Fate.PUT_ASIDE, stays=True)
"""The mapping that was settled on for each sheet."""
WHATIF_SCENARIOS = Key[dict[str, tuple[str, ...]]]("whatif_scenarios", Fate.PUT_ASIDE, stays=True)
"""Every scenario of this session by its name, as codes."""
WHATIF_HIDDEN = Key[dict[str, tuple[str, ...]]]("whatif_hidden", Fate.PUT_ASIDE)
"""Those that were made while names are hidden."""
ROOM_TYPED = Key[str]("room_typed", Fate.PUT_ASIDE, stays=True)
"""What a room chooses among, as it was typed."""

# Who writes, and what became of a save.
SEARCH_OPEN = Key[bool]("search_open", Fate.FORGOTTEN)
"""The button that opens the search."""
SEARCH_TYPED = Key[str]("search_typed", Fate.FORGOTTEN)
"""What is sought everywhere."""
WRITER_ROLE = Key[str]("writer_role", Fate.FORGOTTEN, stays=True)
"""The field of the role."""
WRITER_WHY = Key[str]("writer_why", Fate.FORGOTTEN, stays=True)
"""The field of the reason."""
PLAN_SAVE_NOTE = Key[Note[Draft[Action], Saved]]("plan_save_note", Fate.FORGOTTEN, stays=True)
"""What became of the last save of actions."""
PLAN_SAVE_ASKED = Key[bool]("plan_save_asked", Fate.FORGOTTEN, stays=True)
"""That whatever is whole is saved by the next run."""
PLAN_TARGET_NOTE = Key[Note[Draft[Target], Outcome]]("plan_target_note", Fate.FORGOTTEN, stays=True)
"""What became of the last save of a target."""
PLAN_TARGET_ASKED = Key[bool]("plan_target_asked", Fate.FORGOTTEN, stays=True)
"""That whatever is whole is saved by the next run."""
PLAN_TARGET = Key[str]("plan_target", Fate.FORGOTTEN, stays=True)
"""The choice of the target that is written."""
HEARD_NOTE = Key[Note[Draft[Participation], Outcome]]("heard_note", Fate.FORGOTTEN, stays=True)
"""What became of the last save of a record of participation."""
HEARD_ASKED = Key[bool]("heard_asked", Fate.FORGOTTEN, stays=True)
"""That whatever is whole is saved by the next run."""
HEARD_RECORD = Key[str]("heard_record", Fate.FORGOTTEN, stays=True)
"""The choice of the record that is written."""
ANSWERING_SAVE_NOTE = Key[Note[Draft[Answer], Outcome]]("answering_save_note", Fate.FORGOTTEN, stays=True)
"""What became of the last save of answers."""
ANSWERING_SAVE_ASKED = Key[bool]("answering_save_asked", Fate.FORGOTTEN, stays=True)
"""That whatever is whole is saved by the next run."""
ANSWERING_SAVED_HERE = Key[AnswerKey]("answering_saved_here", Fate.FORGOTTEN, stays=True)
"""The criterion on which *Save* was just pressed."""
CHECKING_SAVE_NOTE = Key[Note[Check, Outcome]]("checking_save_note", Fate.FORGOTTEN, stays=True)
"""What became of the last save of checks."""
CHECKING_SAVE_ASKED = Key[bool]("checking_save_asked", Fate.FORGOTTEN, stays=True)
"""That whatever is whole is saved by the next run."""

# Checks and plan.
CHECKING_ASKING = Key[AnswerKey]("checking_asking", Fate.FORGOTTEN, stays=True)
"""The answer that somebody is asking back."""
CHECKING_GRID_SHEET = Key[GridState[Check]]("checking_grid_sheet", Fate.FORGOTTEN, stays=True)
"""What the grid of checks was given."""
PLAN_GRID_SHEET = Key[GridState[Action]]("plan_grid_sheet", Fate.FORGOTTEN, stays=True)
"""What the grid of actions was given."""
PLAN_EMPTY = Key[bool]("plan_empty", Fate.FORGOTTEN)
"""That a new action starts empty: the suggestion was turned down."""
PLAN_AGREE_ON = Key[str]("plan_agree_on", Fate.FORGOTTEN, stays=True)
"""What a group acts on: the choice in an exercise."""

# Files that are handed in.
COLLECT_TURN = Key[int]("collect_turn", Fate.FORGOTTEN, stays=True)
"""How often files were put away: a chooser of another name begins empty."""
COLLECT_TOO_LARGE = Key[Problem]("collect_too_large", Fate.FORGOTTEN, stays=True)
"""That the files chosen last are too large."""
COLLECT_ENDED = Key[bool]("collect_ended", Fate.FORGOTTEN, stays=True)
"""That a reading came to no end: whoever chooses the file once more has it tried once more."""
COLLECT_ROWS = Key[bool]("collect_rows", Fate.FORGOTTEN, stays=True)
"""The switch that shows every row that changes."""
COLLECT_SEEN = Key[Revision | None]("collect_seen", Fate.FORGOTTEN, stays=True)
"""The publication that the files were shown against last: a click is meant for what stood there before it."""
COLLECT_SINCE = Key[int]("collect_since", Fate.FORGOTTEN, stays=True)
"""The step that somebody else has published while these files were looked at."""
COLLECT_DONE = Key[tuple[int, int]]("collect_done", Fate.FORGOTTEN, stays=True)
"""The step made last from the page, and how many rows stayed out of it."""
COLLECT_UNDONE = Key[dict[str, int]]("collect_undone", Fate.FORGOTTEN, stays=True)
"""The step that was just undone, and the one that undid it."""
MAPPING_LOOKED = Key[dict[str, tuple[ReadingOptions, SheetReading | Problem]]](
    "mapping_looked", Fate.FORGOTTEN, stays=True
)
"""How each sheet is read, with what was asked of it: it is not read anew with every click on the page."""
MAPPING_MADE = Key[dict[str, Table | Problem]]("mapping_made", Fate.FORGOTTEN, stays=True)
"""What came of each sheet by the mapping that was settled on: it is not read anew with every click on the page."""
MAPPING_NOT_KEPT = Key[Problem]("mapping_not_kept", Fate.FORGOTTEN, stays=True)
"""Why a mapping could not be kept for next time."""
TRIAL_SWITCH = Key[str]("trial_switch", Fate.FORGOTTEN, stays=True)
"""The choice of what pages show while a file is on trial."""

# Scenarios.
WHATIF_SEEN = Key[set[tuple[str, ...]]]("whatif_seen", Fate.FORGOTTEN)
"""Every scenario as this session has had it: an address of before, as Back brings one, is no other scenario."""
WHATIF_SIDE = Key[str]("whatif_side", Fate.FORGOTTEN)
"""Whether pages show what is imagined, or what is published."""
WHATIF_SWITCH = Key[str]("whatif_switch", Fate.FORGOTTEN)
"""The choice of that."""
WHATIF_CHOSEN = Key[str]("whatif_chosen", Fate.FORGOTTEN)
"""The choice of the scenario that is shown."""
WHATIF_NAME = Key[str]("whatif_name", Fate.FORGOTTEN)
"""The field of its name."""
WHATIF_BEGUN = Key[tuple[int, tuple[str, str]]]("whatif_begun", Fate.FORGOTTEN)
"""How many drafts of actions were just begun, and criterion and operation of the first."""
WHATIF_COUNTRY = Key[str]("whatif_country", Fate.FORGOTTEN)
"""The country whose areas are shown."""
WHATIF_WAY = Key[str]("whatif_way", Fate.FORGOTTEN)
"""In which way something is assumed."""
WHATIF_WHERE = Key["str | None"]("whatif_where", Fate.FORGOTTEN)
"""Where it is assumed."""
WHATIF_AREA = Key["str | None"]("whatif_area", Fate.FORGOTTEN)
"""Of which area."""
WHATIF_CRITERION = Key["str | None"]("whatif_criterion", Fate.FORGOTTEN)
"""Of which criterion."""
WHATIF_STATUS = Key["str | None"]("whatif_status", Fate.FORGOTTEN)
"""What the status becomes."""
WHATIF_DAY = Key[date]("whatif_day", Fate.FORGOTTEN)
"""The day until which actions are looked for."""

# Tours and rooms.
TOUR_NOTE = Key[bool]("tour_note", Fate.FORGOTTEN, stays=True)
"""The switch that shows the presenter's note."""
TOUR_RETURNED = Key[Aside]("tour_returned", Fate.FORGOTTEN, stays=True)
"""What was just brought back: its page is opened by the run that comes."""
OUTCOME_ALONE = Key[bool]("outcome_alone", Fate.FORGOTTEN)
"""Whether the summary stands alone, without the bar, as it is printed."""
PICKED_SHOWN = Key[list[str]]("picked_shown", Fate.FORGOTTEN)
"""What weighs most in the setting in view: the choice in the bar."""
READ_SHOWN = Key[str]("read_shown", Fate.FORGOTTEN)
"""The text that is read: the choice in the bar."""
READ_NEXT = Key[tuple[str, str]]("read_next", Fate.FORGOTTEN)
"""The page and the text that were just chosen there."""
ROOM_LINES = Key[str]("room_lines", Fate.FORGOTTEN, stays=True)
"""The field of what a room chooses among."""
ROOM_ADDRESS = Key[str]("room_address", Fate.FORGOTTEN, stays=True)
"""The choice of the address at which phones reach a room."""
LAST_PLACE = Key[tuple[str, Query]]("last_place", Fate.FORGOTTEN)
"""Page and query that were open last before those that are shown to a room: leaving leads there."""
SAID_ONCE = Key[str]("said_once", Fate.FORGOTTEN)
"""What the page that is opened next says above everything, once."""
ROOM_KEPT = Key[int]("room_kept", Fate.FORGOTTEN, stays=True)
"""The question that was just closed: what is kept of it is said by the next run."""
ROOM_TOLD = Key[str]("room_told", Fate.FORGOTTEN, stays=True)
"""What could not be done with a vote."""

# Frame and single pages.
WELCOME_TOUR = Key[bool]("welcome_tour", Fate.FORGOTTEN)
"""That the tour of the first visit was asked for."""
CHIPS = Key["str | None"]("chips", Fate.FORGOTTEN)
"""The chosen value of the bar that was just clicked, to be taken away."""
MENU_OPEN = Key[OpenMark]("menu_open", Fate.FORGOTTEN)
"""The mark whose menu the next run opens."""
MENU_TIMES = Key[int]("menu_times", Fate.FORGOTTEN)
"""How often charts have forgotten the mark that was clicked."""
COMMON_SWITCH = Key[bool]("common_switch", Fate.FORGOTTEN)
"""The switch for what all have answered."""
SUBJECT_TOUCHED = Key[bool]("subject_touched", Fate.FORGOTTEN)
"""That somebody has chosen what is compared."""
GAP_FIRST = Key[str]("gap_first", Fate.FORGOTTEN)
"""Of more than two subjects the first of those whose difference is explained."""
GAP_SECOND = Key[str]("gap_second", Fate.FORGOTTEN)
"""The second."""
SUBJECT_OFFERED = Key["str | None"]("subject_offered", Fate.FORGOTTEN)
"""The one of those offered beside it that was just clicked."""
MOVED_IN = Key[str]("moved_in", Fate.FORGOTTEN)
"""The country whose moves are listed; empty for all."""
ROUNDS_DONE = Key[str]("rounds_done", Fate.FORGOTTEN)
"""The sentence on what was done with a round."""
PUBLISHED = Key[tuple[int, int]]("published", Fate.FORGOTTEN)
"""The step that was just published, and how many rows stayed out of it."""

KEYS: tuple[Key[Any], ...] = tuple(key for key in list(globals().values()) if isinstance(key, Key))


def with_fate(*fates: Fate) -> tuple[Key[Any], ...]:
    """The keys that something becomes of."""
    return tuple(key for key in KEYS if key.fate in fates)
