"""The parts of the assessment page, one function each."""

from collections.abc import Callable

from dashboard.ui.collect.answer.page import show_answering
from dashboard.ui.collect.check.page import show_checking
from dashboard.ui.collect.hand_in.page import show_collect
from dashboard.ui.collect.owed.page import show_owed
from dashboard.ui.collect.own.page import show_own_work
from dashboard.ui.view import View

PARTS: dict[str, Callable[[View], None]] = {
    "own": show_own_work,
    "collect": show_collect,
    "answer": show_answering,
    "owed": show_owed,
    "check": show_checking,
}
