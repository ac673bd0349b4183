"""How does a command that serves end, whoever ends it? As by Ctrl+C, so that what it cleans up is cleaned up."""

import signal


def end_as_by_hand() -> None:
    """From now on a closed terminal, and whoever asks this process to end, end it as Ctrl+C does.

    Ctrl+C itself, too: a process that a script started in the background would not hear of it.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
