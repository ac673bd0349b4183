"""What do the tests of sign-in share? A configuration, cookies as Streamlit signs them, a browser that keeps them."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.ui import identity
from dashboard.ui.identity import Provider
from dashboard.ui.server.signin.cookies import USER
from tests.ui.server.conftest import PORT, SELF, Got, asks

ORIGIN = f"http://localhost:{PORT}"
SECRET = "a secret of thirty-two characters"  # noqa: S105 - of these tests alone
ISSUER = "https://id.example.org"
AUTH = {
    "redirect_uri": f"{ORIGIN}/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "dashboard",
    "client_secret": "shared with the provider of these tests",
    "server_metadata_url": f"{ISSUER}/.well-known/openid-configuration",
    "client_kwargs": {"prompt": ""},
}
PROVIDER = Provider(("default",), frozenset({"dashboard"}), ORIGIN)
PAGE = (SELF, ("accept", "text/html,*/*"))
"""The headers with which a browser asks for a page."""
HERE = ("sec-fetch-site", "same-origin")
"""What it adds when a page of this server asks."""


def secrets(monkeypatch: pytest.MonkeyPatch, section: Mapping[str, Any] | None) -> None:
    """Give Streamlit these secrets under `[auth]`."""
    monkeypatch.setattr(secrets_singleton, "_secrets", {} if section is None else {"auth": dict(section)})
    identity.way_in.cache_clear()


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Sign-in at a provider, and a store of its own for the sessions that end."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))
    secrets(monkeypatch, AUTH)
    yield
    identity.way_in.cache_clear()


def claims(**changed: Any) -> dict[str, Any]:
    """What Streamlit keeps of a token that was made now; None leaves a claim out."""
    now = int(time.time())
    whole = {
        "iss": ISSUER, "sub": "ama", "aud": "dashboard", "iat": now, "exp": now + 300, "nonce": "n",
        "name": "Ama Mensah", "roles": ["reviewer@country:GHA", "staff"],
        "origin": ORIGIN, "is_logged_in": True, "provider": "default",
    }  # fmt: skip
    return {name: value for name, value in (whole | changed).items() if value is not None}


def signed(held: Mapping[str, Any], name: str = USER, secret: str = SECRET) -> str:
    """A cookie as Streamlit signs it."""
    return create_signed_value(secret, name, json.dumps(held)).decode()


@dataclass
class Browser:
    """A browser that keeps its cookies, in front of a door."""

    door: ASGIApp
    cookies: dict[str, str] = field(default_factory=dict)

    def asks(self, address: str, *more: tuple[str, str], kind: str = "http", method: str = "GET") -> Got:
        path, _, query = address.partition("?")
        held = (
            [("cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))] if self.cookies else []
        )
        got = asks(self.door, path, (*PAGE, *held, *more), method, kind=kind, query=query)
        for line in lines(got):
            name, _, value = line.partition(";")[0].partition("=")
            if re.search(r"max-age=0|1970", line, re.IGNORECASE):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return got


def lines(got: Got) -> list[str]:
    """The cookies that an answer sets, each as one line."""
    return [value.decode() for name, value in got.sent[0].get("headers", ()) if name == b"set-cookie"]
