"""Lets in programs with a token: only for figures, and only in a header, never in an address.

RFC 6750, which calls such tokens bearer tokens. See docs/decisions/0022-sign-in.md.
"""

from urllib.parse import unquote_to_bytes

from anyio import to_thread
from starlette.datastructures import QueryParams
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.model.permissions import Person
from dashboard.store.disk import store_folder
from dashboard.store.tokens import SHAPE, holder
from dashboard.ui.server.headers import values
from dashboard.ui.server.limits import RateLimit, address_of
from dashboard.ui.server.signin.pages import NO_STORE, words_for
from dashboard.ui.server.signin.passing import FIGURES, passed, with_person

AUTHORIZATION = b"authorization"
SCHEME = "bearer"
WRONG_AT_ONCE, WRONG_PER_SECOND = 20, 1 / 6
"""Wrong tokens that one address may send."""
IN_ADDRESS = ("access_token", "token")
"""The parameters in which programs send tokens where that is allowed."""


def is_figures(scope: Scope, below: str) -> bool:
    """Whether a request asks for figures, the only thing that tokens open."""
    return scope["type"] == "http" and str(scope["path"]).startswith(f"{below}{FIGURES}")


async def by_token(app: ASGIApp, scope: Scope, receive: Receive, send: Send, now: float, wrong: RateLimit) -> bool:
    """Answer a request for figures that carries a token, and return whether it does.

    `wrong` counts the wrong tokens of an address: whoever sends very many is told to wait. A right one still opens.
    """
    found = await _asked(scope, now, wrong)
    if isinstance(found, Person):
        inside = with_person(scope, found, frozenset({AUTHORIZATION}))
        await passed(app, inside, receive, send, lambda: False)
    elif found is not None:
        await found(scope, receive, send)
    return found is not None


def challenged(response: Response, error: str = "") -> Response:
    """Return a refusal that names the way to ask for figures (RFC 9110, 11.6.1)."""
    response.headers["www-authenticate"] = 'Bearer realm="dashboard"' + (f', error="{error}"' if error else "")
    return response


async def _asked(scope: Scope, now: float, wrong: RateLimit) -> Person | Response | None:
    """Return who asks, or a refusal; None if no token was sent."""
    if _in_address(scope):
        return _refused(scope, "token_in_address", 400, "invalid_request")
    sent = values(scope, AUTHORIZATION)
    if not any(value.partition(" ")[0].lower() == SCHEME for value in sent):
        return None
    if len(sent) > 1:
        return _refused(scope, "token_twice", 400, "invalid_request")
    text = sent[0].partition(" ")[2].strip()
    found = await to_thread.run_sync(holder, store_folder(), text, now) if SHAPE.fullmatch(text) else None
    if found is not None:
        return found
    if not wrong.takes(address_of(scope)):
        response = PlainTextResponse(words_for(scope)("signin.too_many_tokens"), 429, NO_STORE)
        response.headers["retry-after"] = str(round(1 / WRONG_PER_SECOND))
        return response
    return _refused(scope, "token_refused", 401, "invalid_token")


def _in_address(scope: Scope) -> bool:
    query = scope["query_string"].decode("latin-1")
    address = f"{scope['path']}?{unquote_to_bytes(query).decode('latin-1')}"
    return bool(SHAPE.search(address)) or any(name in QueryParams(query) for name in IN_ADDRESS)


def _refused(scope: Scope, key: str, status: int, error: str) -> Response:
    return challenged(PlainTextResponse(words_for(scope)(f"signin.{key}"), status, NO_STORE), error)
