"""What did Streamlit answer to a step of sign-in? The whole answer is read before anything of it is sent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope

from dashboard.ui.server.signin.cookies import TOKENS, USER

STEP = "dashboard.signin"
"""The key of a request that is a step of sign-in, so that `server/routes.py` lets it through."""
LASTING = re.compile(r"max-age=[1-9]\d*", re.IGNORECASE)


@dataclass
class Answered:
    """An answer: its status, where it leads, and the cookies it sets, each as one line of text."""

    status: int = 500
    location: str = ""
    set_cookies: list[str] = field(default_factory=list)

    def cookies(self) -> dict[str, str]:
        """Return the cookies it sets to something, by name."""
        read: SimpleCookie = SimpleCookie()
        for line in self.set_cookies:
            if LASTING.search(line):
                read.load(line)
        return {name: morsel.value for name, morsel in read.items()}


async def answered(app: ASGIApp, scope: Scope, receive: Receive) -> Answered:
    """Return what Streamlit answers to a step of sign-in."""
    found = Answered()

    async def sent(message: Message) -> None:
        if message["type"] != "http.response.start":
            return
        found.status = message["status"]
        for name, value in message["headers"]:
            if name.lower() == b"location":
                found.location = value.decode("latin-1")
            if name.lower() == b"set-cookie":
                found.set_cookies.append(value.decode("latin-1"))

    await app({**scope, STEP: True, "extensions": {}}, receive, sent)
    return found


def lasting(lines: Iterable[str], seconds: float) -> list[str]:
    """Return cookies of which those of a session last as long as it does, instead of Streamlit's thirty days.

    The one with the provider's tokens is not passed on: they open other doors, and nothing here needs them.
    """
    ours, tokens = ((f"{name}=", f"{name}_") for name in (USER, TOKENS))
    kept = [line for line in lines if not (line.startswith(tokens) and LASTING.search(line))]
    return [LASTING.sub(f"Max-Age={seconds:.0f}", line) if line.startswith(ours) else line for line in kept]
