"""Says how people sign in here, and who is asking, in a session of the pages and in a request.

A provider is named by `[auth]` in Streamlit's secrets. A configuration that would let in the wrong people ends the
process with a sentence: nothing may be served. The server decides before anything else (`server/signin/`), and passes
on only what it has checked itself. Where nobody signs in, there is nobody to name.

See docs/decisions/0022-sign-in.md.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.types import Scope
from streamlit.auth_util import get_redirect_uri, get_secrets_auth_section

from dashboard.loading.yaml_file import read_words
from dashboard.model.permissions import Person, read_grants
from dashboard.store.locking import is_loopback
from dashboard.tasks.server import SECRETS_FILES, secrets_files, set_for_a_proxy
from dashboard.ui.runtime import user_of_session

CALLBACK = "/oauth2callback"
"""Where a provider sends people back to; Streamlit's own address."""
SIGNING_OUT, EVERYWHERE = "/signout", "everywhere"
"""Where people leave, and the key of its query that ends their sessions in other browsers too."""
HOURS = "DASHBOARD_SESSION_HOURS"
DEFAULT_HOURS, MOST_HOURS = 12.0, 720.0
"""A working day; and what Streamlit's cookie lasts at most."""
SHORTEST_SECRET = 32
"""Letters of the secret that signs cookies: whoever guesses it is anybody."""


class WayInError(Exception):
    """Sign-in as configured cannot work, or would not be safe. `args` are the key of its sentence and a value."""


@dataclass(frozen=True)
class Provider:
    """Sign-in at a provider: its sections in the secrets, and what is read from its tokens."""

    sections: tuple[str, ...]
    clients: frozenset[str]
    origin: str
    seconds: float = DEFAULT_HOURS * 3600
    roles_claim: str = "roles"
    name_claim: str = "name"
    ends_with_token: bool = False

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach this server over TLS, so that its cookies may insist on it."""
        return self.origin.startswith("https:")


@cache
def way_in() -> Provider | None:
    """Return how people sign in to this process; None if they do not."""
    try:
        if by_proxy := set_for_a_proxy(os.environ):
            raise WayInError("by_proxy", ", ".join(by_proxy))
        _check_readable()
        section = get_secrets_auth_section().to_dict()
        return _provider(section, _seconds(os.environ)) if section else None
    except WayInError as error:
        key, *value = error.args
        sys.exit(read_words()(f"wrong_way_in.{key}", value=", ".join(value)))


def _check_readable() -> None:
    """Raise WayInError if secrets are there or named, and cannot be read: Streamlit would go on without them."""
    files = [str(file) for file in secrets_files(os.environ) if SECRETS_FILES in os.environ or file.exists()]
    try:
        read = not files or st.secrets.load_if_toml_exists()
    except OSError:
        read = False
    if not read:
        raise WayInError("unread", ", ".join(files))


def below() -> str:
    """Return what comes before every path of this server: nothing, or the path at which a proxy shows it."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def ways_out() -> Mapping[str, str]:
    """Return the addresses at which people sign out, by the key of what they are called."""
    address = f"{below()}{SIGNING_OUT}"
    return {"sign_out": address, "sign_out_everywhere": f"{address}?{EVERYWHERE}=yes"}


def _provider(section: Mapping[str, Any], seconds: float) -> Provider:
    named = {name: value for name, value in section.items() if isinstance(value, dict) and "client_id" in value}
    providers = {"default": section} | named if "client_id" in section else named
    if not providers:
        raise WayInError("missing", "client_id")
    for one in providers.values():
        _check_provider(one)
    if find_spec("authlib") is None or find_spec("httpx") is None:
        raise WayInError("not_installed")
    if len(str(section.get("cookie_secret", ""))) < SHORTEST_SECRET:
        raise WayInError("short_secret", str(SHORTEST_SECRET))
    return Provider(
        sections=tuple(providers),
        clients=frozenset(str(one["client_id"]) for one in providers.values()),
        origin=_origin(section),
        seconds=seconds,
        roles_claim=str(section.get("roles_claim", "roles")),
        name_claim=str(section.get("name_claim", "name")),
        ends_with_token=section.get("session_ends_with_token") is True,
    )


def _check_provider(one: Mapping[str, Any]) -> None:
    for name in ("client_id", "client_secret", "server_metadata_url"):
        if not one.get(name):
            raise WayInError("missing", name)
    _check_url("server_metadata_url", str(one["server_metadata_url"]))


def _origin(section: Mapping[str, Any]) -> str:
    """Return scheme and host of the address that browsers come back to."""
    redirect = get_redirect_uri(section) or ""  # type: ignore[arg-type]
    _check_url("redirect_uri", redirect)
    parts = urlsplit(redirect)
    if parts.path != f"{below()}{CALLBACK}" or parts.query:
        raise WayInError("redirect", f"{below()}{CALLBACK}")
    return f"{parts.scheme}://{parts.netloc}"


def _check_url(name: str, url: str) -> None:
    """Raise WayInError unless only this machine, or nobody on the way, can read and change what is sent there."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise WayInError("not_https", name)


def _seconds(given: Mapping[str, str]) -> float:
    """Return how long a session lasts."""
    text = given.get(HOURS, "") or str(DEFAULT_HOURS)
    try:
        hours = float(text)
    except ValueError as error:
        raise WayInError("hours", text) from error
    if not 0 < hours <= MOST_HOURS:
        raise WayInError("hours", text)
    return hours * 3600


HEADER = b"dashboard-person"
"""The header in which the server passes a person on to Streamlit; whoever else sends it is not heard."""
HELD = "person"
"""The key of the same in what Streamlit knows of a session's user."""
IN_SCOPE = "dashboard.person"
"""The key of the person in a request that the server let in."""
LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
"""What the claim `locale` of OpenID Connect looks like: a language tag of BCP 47."""
LONGEST_NAME = 80


class NobodyError(Exception):
    """People sign in here, and this request got past that. It is refused, whatever it asks."""


def person() -> Person | None:
    """Return who this session belongs to; None where nobody signs in. Raises NobodyError."""
    held = user_of_session().get(HELD)
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


def named(subject: str, name: str, roles: Iterable[str], locale: str = "") -> Person:
    """Return a person as a provider describes them. Roles that the dashboard does not know grant nothing."""
    spoken = locale if LOCALE.fullmatch(locale) else ""
    shown = "".join(letter for letter in name if letter.isprintable()).strip()[:LONGEST_NAME]
    return Person(subject, shown or subject, read_grants(roles)[0], locale=spoken)


def language_of(one: Person | None) -> str:
    """Return the language that the provider says somebody prefers, by two or three letters; empty if it says none."""
    return re.split("[-_]", one.locale)[0].lower() if one is not None else ""


def written(one: Person) -> str:
    """Return a person as the value of a header: plain letters on one line."""
    roles = [str(grant) for grant in one.grants]
    return json.dumps({"subject": one.subject, "name": one.name, "roles": roles, "locale": one.locale})


def read(text: str) -> Person:
    """Return the person in such a value."""
    held = json.loads(text)
    return named(held["subject"], held["name"], held["roles"], held.get("locale", ""))
