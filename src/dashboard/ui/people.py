"""Who is asking? The person that the server let in, in a session of the pages and in a request.

The server decides before anything else (`server/signin/`), and passes on only what it has checked itself. Where nobody
signs in, there is nobody to name.
"""

import json
from collections.abc import Iterable

from starlette.types import Scope
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.model.people.person import Person, read_grants
from dashboard.ui.ways_in import way_in

HEADER = b"dashboard-person"
"""The header in which the server passes a person on to Streamlit; whoever else sends it is not heard."""
HELD = "person"
"""The key of the same in what Streamlit knows of a session's user."""
IN_SCOPE = "dashboard.person"
"""The key of the person in a request that the server let in."""
LONGEST_NAME = 80


class NobodyError(Exception):
    """People sign in here, and this request got past that. It is refused, whatever it asks."""


def person() -> Person | None:
    """Return who this session belongs to; None where nobody signs in. Raises NobodyError."""
    context = get_script_run_ctx()
    # `st.user` would look for a file of secrets each time.
    held = context.user_info.get(HELD) if context else None
    if held:
        return read(str(held))
    _nobody()
    return None


def person_of(scope: Scope) -> Person | None:
    """Return who sent a request, or opened a connection; None where nobody signs in. Raises NobodyError."""
    found = scope.get(IN_SCOPE)
    if isinstance(found, Person):
        return found
    _nobody()
    return None


def _nobody() -> None:
    if way_in() is not None:
        raise NobodyError


def named(subject: str, name: str, roles: Iterable[str]) -> Person:
    """Return a person as a provider describes them. Roles that the dashboard does not know grant nothing."""
    shown = "".join(letter for letter in name if letter.isprintable()).strip()[:LONGEST_NAME]
    return Person(subject, shown or subject, read_grants(roles)[0])


def written(one: Person) -> str:
    """Return a person as the value of a header: plain letters on one line."""
    return json.dumps({"subject": one.subject, "name": one.name, "roles": [str(grant) for grant in one.grants]})


def read(text: str) -> Person:
    """Return the person in such a value."""
    held = json.loads(text)
    return named(held["subject"], held["name"], held["roles"])
