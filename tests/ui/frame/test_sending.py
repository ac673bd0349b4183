"""What a run sends leaves together, in order, however the run ends; what takes long is sent as it comes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from dashboard.ui.frame import sending
from dashboard.ui.frame.sending import sent_together


@dataclass
class Sent:
    """What stands in for the run of a page, and what left it."""

    messages: list[Any] = field(default_factory=list)
    wanted: Exception | None = None
    """What ends the run at its next message, as a click or `st.stop` does."""

    def _enqueue(self, message: Any) -> None:
        self._maybe_handle_execution_control_request()
        self.messages.append(message)

    def _maybe_handle_execution_control_request(self) -> None:
        if self.wanted and threading.current_thread() is threading.main_thread():
            raise self.wanted

    def say(self, message: Any) -> None:
        """Send, as an element does: through whatever stands there at the moment."""
        self._enqueue(message)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    run = Sent()
    monkeypatch.setattr(sending, "get_script_run_ctx", lambda: run)
    return run


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes the run of this test a long one."""
    now = [0.0]
    monkeypatch.setattr(sending, "perf_counter", lambda: now[0])

    def passed() -> None:
        now[0] += sending.LONGEST_S

    return passed


def test_a_quick_run_sends_at_its_end_and_in_order(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LONGEST_S", 3600)
    with sent_together():
        for number in range(20):
            sent.say(number)
        assert sent.messages == []
    assert sent.messages == list(range(20))
    sent.say("after")
    assert sent.messages[-1] == "after"


def test_a_run_that_is_stopped_ends_at_its_next_message_and_what_it_said_before_is_sent(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LONGEST_S", 3600)
    reached: list[str] = []
    with pytest.raises(InterruptedError):
        _stopped_after("before", sent, reached)
    assert sent.messages == ["before"]
    assert reached == []


def _stopped_after(message: str, sent: Sent, reached: list[str]) -> None:
    with sent_together():
        sent.say(message)
        sent.wanted = InterruptedError()
        sent.say("the place where it stops")
        reached.append("what comes after")


def test_streamlit_still_has_the_two_places_that_this_needs() -> None:
    assert "_enqueue" in ScriptRunContext.__dataclass_fields__
    assert callable(ScriptRunner._maybe_handle_execution_control_request)


def test_a_long_run_sends_as_it_goes_on(sent: Sent, pass_time: Callable[[], None]) -> None:
    with sent_together():
        sent.say("title")
        pass_time()
        sent.say("bar")
        assert sent.messages == ["title", "bar"]
        sent.say("more")
        assert sent.messages == ["title", "bar", "more"]


def test_a_spinner_of_another_thread_shows_what_was_held_before_it(sent: Sent, pass_time: Callable[[], None]) -> None:
    with sent_together():
        sent.say("title")
        pass_time()
        spinner = threading.Thread(target=sent.say, args=("spinner",))
        spinner.start()
        spinner.join()
        assert sent.messages == ["title", "spinner"]
