"""Reads the cookies of a request and of Streamlit's answers to a step of sign-in, more strictly than Streamlit does.

Streamlit signs them with the secret of the configuration, and would accept them for a month, whatever their token says.
What is known here of their form is pinned by `tests/ui/server/signin/test_cookies.py`.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.types import ASGIApp, Message, Receive, Scope
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.logger import get_logger
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from dashboard.model.permissions import Person
from dashboard.store.tokens import digest_of_session
from dashboard.ui.identity import Provider, named

USER, TOKENS = USER_COOKIE_NAME, TOKENS_COOKIE_NAME
LOG = get_logger(__name__)
SKEW = 120
"""Seconds by which the clocks of a provider and of this server may differ, as Authlib allows at sign-in."""


@dataclass(frozen=True)
class Session:
    """A signed-in person, the names under which they are signed out here and everywhere, and from when until when."""

    person: Person
    here: str
    everywhere: str
    began: float
    ends: float


def session_in(cookies: Mapping[str, str], provider: Provider, now: float) -> Session | None:
    """Return the session that a browser's cookies prove; None if they prove none, or one that is over."""
    claims, began = _signed(cookies)
    if not claims:
        return None
    if wrong := _wrong(claims, provider, now):
        LOG.warning("A signed token is not accepted because of: %s", wrong)
        return None
    ends = began + provider.seconds
    if provider.ends_with_token:
        ends = min(ends, float(claims["exp"]))
    if not began - SKEW <= now < ends:
        return None
    person = _person(claims, provider)
    return Session(
        person, digest_of_session(json.dumps(claims, sort_keys=True)), digest_of_session(person.subject), began, ends
    )


def _signed(cookies: Mapping[str, str]) -> tuple[Mapping[str, Any], float]:
    """Return what was signed, from one cookie or from parts of it, and when it was; nothing if anything is forged."""
    signed: list[float] = []

    def one(name: str) -> bytes | None:
        serializer = URLSafeTimedSerializer(get_cookie_secret(), salt=name)
        try:
            value, at = serializer.loads(cookies.get(name, ""), return_timestamp=True)
        except BadData:
            return None
        signed.append(at.timestamp())
        return str(value).encode()

    whole = get_cookie_with_chunks(one, USER) if cookies.get(USER) else None
    try:
        claims = json.loads(whole or b"{}")
    except ValueError:
        claims = {}
    return (claims, min(signed)) if isinstance(claims, dict) and signed else ({}, 0.0)


def _wrong(claims: Mapping[str, Any], provider: Provider, now: float) -> str:
    """Return what a token lacks to have been made for this dashboard, and not in the future; empty if nothing.

    OpenID Connect Core 1.0, 3.1.3.7: the audience must contain the client. Authlib also accepts one that does not, if
    its authorized party is the client.
    """
    audience = claims.get("aud")
    named_in = audience if isinstance(audience, list) else [audience]
    checks = {
        "iss": bool(claims.get("iss")) and isinstance(claims["iss"], str),
        "sub": bool(claims.get("sub")) and isinstance(claims["sub"], str),
        "aud": any(one in provider.clients for one in named_in if isinstance(one, str)),
        "iat": type(claims.get("iat")) in (int, float) and claims["iat"] <= now + SKEW,
        "exp": type(claims.get("exp")) in (int, float),
        "origin": claims.get("origin") == provider.origin and claims.get("is_logged_in") is True,
    }
    return ", ".join(name for name, holds in checks.items() if not holds)


def _person(claims: Mapping[str, Any], provider: Provider) -> Person:
    name = next(
        (claims[key] for key in (provider.name_claim, "name", "preferred_username", "email") if claims.get(key)), ""
    )
    return named(
        f"{urlsplit(claims['iss']).netloc}|{claims['sub']}",
        str(name),
        listed(claim(claims, provider.roles_claim)),
        str(claims.get("locale") or ""),
    )


def claim(claims: Mapping[str, Any], name: str) -> object:
    """Return a claim, also one inside others, such as `realm_access.roles`."""
    found: object = claims
    for part in (name,) if name in claims else name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def listed(value: object) -> list[str]:
    """Return the texts of a list, or of a text in which commas or spaces separate them."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


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
