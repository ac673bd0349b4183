"""How does a command that serves end, whatever ends it? As with Ctrl+C, so that its clean-up runs."""

import signal


def end_as_by_hand() -> None:
    """From now on, a closed terminal or a request to terminate ends this process as Ctrl+C does.

    Restores Ctrl+C itself, too, which a process started in the background by a script would ignore.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
