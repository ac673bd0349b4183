"""What happened in this process? Codes, counts and seconds for metrics and logs; never a name, an id, or what is said.

An event is a record of the standard logging; without a handler that wants it, it costs nothing. See
docs/decisions/0054-deployment.md.
"""

import logging

EVENTS = logging.getLogger("dashboard.happened")
FACTS = "facts"
"""The attribute of a record that holds the facts."""


def happened(what: str, **facts: str | float) -> None:
    """Tell whoever listens: `run`, `changed`, `refused` or `error`, with codes of the program as facts."""
    EVENTS.info(what, extra={FACTS: facts})
