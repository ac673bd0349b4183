"""Whose are the cookies of a request, and are they still good? Streamlit's own, read more strictly than it does.

Streamlit signs them with the secret of the configuration, and would accept them for a month, whatever their token says.
What is known here of their form is pinned by `tests/ui/server/signin/test_cookies.py`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.logger import get_logger
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from dashboard.model.people.person import Person
from dashboard.store.ended import digest
from dashboard.ui.people import named
from dashboard.ui.ways_in import Provider

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
    return Session(person, digest(json.dumps(claims, sort_keys=True)), digest(person.subject), began, ends)


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
        f"{urlsplit(claims['iss']).netloc}|{claims['sub']}", str(name), listed(claim(claims, provider.roles_claim))
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
