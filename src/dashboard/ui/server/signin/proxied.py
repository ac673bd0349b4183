"""Who is let in where a proxy signs people in? Whoever it names, on a connection that comes from it."""

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.model.people.person import Person
from dashboard.ui.people import named
from dashboard.ui.server.asgi import values
from dashboard.ui.server.connections import address_of
from dashboard.ui.server.signin.bearer import by_token, challenged, is_figures
from dashboard.ui.server.signin.cookies import listed
from dashboard.ui.server.signin.door import HEALTH
from dashboard.ui.server.signin.pages import page, sentence, wants_page, words_for
from dashboard.ui.server.signin.passing import passed, turned_away, with_person
from dashboard.ui.ways_in import Proxy, below

LONGEST = 200
"""The longest id of a user, in letters."""


class Proxied:
    """The middleware. The headers of the proxy mean nothing from anybody else, and go no further."""

    def __init__(self, app: ASGIApp, proxy: Proxy, now: Callable[[], float] = time.time) -> None:
        self.app = app
        self.proxy = proxy
        self.now = now
        self.below = below()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] == f"{self.below}{HEALTH}":
            await self.app(scope, receive, send)
            return
        key = "unnamed" if self.proxy.trusts(address_of(scope)) else "past_proxy"
        figures = key == "unnamed" and is_figures(scope, self.below)
        if figures and await by_token(self.app, scope, receive, send, self.now()):
            return
        person = self._person(scope) if key == "unnamed" else None
        if person is not None:
            # The proxy is asked again at the latest when a session would be over.
            ends = self.now() + self.proxy.seconds
            inside = with_person(scope, person, self.proxy.headers)
            await passed(self.app, inside, receive, send, lambda: self.now() >= ends)
        elif scope["type"] == "websocket":
            await turned_away(scope, send)
        else:
            words = words_for(scope)
            response = page(words, key, 403) if wants_page(scope) else sentence(words, key, 403)
            if figures:
                response = challenged(sentence(words, "program", 401))
            await response(scope, receive, send)

    def _person(self, scope: Scope) -> Person | None:
        """Return whom the proxy names: exactly one, in letters that can be shown."""
        users = _texts(scope, self.proxy.user)
        if len(users) != 1 or not users[0].isprintable() or not 0 < len(users[0]) <= LONGEST:
            return None
        names, roles = _texts(scope, self.proxy.name), _texts(scope, self.proxy.roles)
        return named(users[0], names[0] if names else "", [role for text in roles for role in listed(text)])


def _texts(scope: Scope, header: bytes) -> list[str]:
    """Return the values of a header, which proxies send in UTF-8."""
    sent = [value.encode("latin-1") for value in values(scope, header)] if header else []
    return [value.decode("utf-8", "replace").strip() for value in sent]
