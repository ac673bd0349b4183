"""What a quick run sends leaves together, so that sending does not interrupt it and the browser draws it at once.

Streamlit hands over each element by itself to the thread that sends, which then takes the interpreter from the run, and
the browser draws the whole page again for whatever has come so far. See docs/decisions/0055-sent-together.md.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import perf_counter

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

LONGEST_S = 0.05
"""For how long messages are held; a run that takes longer sends the others one by one, as Streamlit does."""

# Not by the thread of the run, which would once more look for a click that has come meanwhile, and end there.
_sender = ThreadPoolExecutor(1, thread_name_prefix="send")


class _Held:
    """Messages of a run, in order, until they leave."""

    def __init__(self, send: Callable[[ForwardMsg], None], look: Callable[[], None]) -> None:
        self._send, self._look, self._held, self._lock = send, look, list[ForwardMsg](), threading.Lock()
        self._until = perf_counter() + LONGEST_S

    def __call__(self, message: ForwardMsg) -> None:
        """Hold a message, or send it if the run takes long. A spinner calls this from a thread of its own.

        As when it is sent, the run ends here if there is something else to do: a click, another page, a stop.
        """
        self._look()
        with self._lock:
            if perf_counter() < self._until:
                self._held.append(message)
                return
        self.leave()
        self._send(message)

    def leave(self) -> None:
        """Send what is held."""
        with self._lock:
            held, self._held = self._held, []
            if held:
                _sender.submit(self._all, held).result()

    def _all(self, held: list[ForwardMsg]) -> None:
        for message in held:
            self._send(message)


@contextmanager
def sent_together() -> Iterator[None]:
    """Hold what this run sends, however it ends, until its end or for LONGEST_S."""
    # Streamlit offers no place for this; without these two attributes, everything leaves one by one.
    context = get_script_run_ctx()
    send = getattr(context, "_enqueue", None)
    look = getattr(getattr(send, "__self__", None), "_maybe_handle_execution_control_request", None)
    if context is None or send is None or look is None:
        yield
        return
    held = _Held(send, look)
    context._enqueue = held
    try:
        yield
    finally:
        context._enqueue = send
        held.leave()
