"""Does a configuration that would let in the wrong people end the start, with a sentence?"""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config

from dashboard.ui import identity
from dashboard.ui.identity import Provider, way_in, ways_out
from dashboard.ui.server.app import doors
from tests.conftest import said
from tests.ui.server.signin.conftest import AUTH, ORIGIN, PROVIDER, secrets

SMALL = {"client_id": "b", "client_secret": "c", "server_metadata_url": "https://b.example/.well-known"}


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in AUTH.items() if name not in names}


def names_of_doors() -> list[str]:
    return [one.cls.__name__ for one in doors()["middleware"]]


def test_without_a_configuration_nothing_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets(monkeypatch, None)
    assert way_in() is None
    assert names_of_doors() == ["AtOnce", "Headers", "Hosts", "Routes", "UploadLimits", "GZipMiddleware"]


def test_a_provider_is_read_and_comes_before_the_routes() -> None:
    assert way_in() == PROVIDER
    assert names_of_doors()[2:6] == ["Hosts", "SignIn", "Handed", "Routes"]
    assert list(ways_out().values()) == ["/signout", "/signout?everywhere=yes"]


def test_what_is_read_from_tokens_and_how_long_sessions_last_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_SESSION_HOURS", "0.5")
    more = {"roles_claim": "realm_access.roles", "name_claim": "nickname", "session_ends_with_token": True}
    secrets(monkeypatch, {**AUTH, **more})
    assert way_in() == Provider(("default",), PROVIDER.clients, ORIGIN, 1800, "realm_access.roles", "nickname", True)


def test_several_providers_are_read_by_their_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets(monkeypatch, {**without("client_id"), "google": SMALL, "microsoft": {**SMALL, "client_id": "d"}})
    found = way_in()
    assert found is not None
    assert (found.sections, found.clients) == (("google", "microsoft"), frozenset({"b", "d"}))


@pytest.mark.parametrize("name", ["signin", "signin.toml", "nowhere.toml"])
def test_secrets_that_cannot_be_read_end_the_start_instead_of_leaving_the_door_open(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "signin").write_text("[auth]\n", "utf-8")
    (tmp_path / "signin.toml").write_text("[auth]\nclient_id = not closed\n", "utf-8")
    reads(monkeypatch, tmp_path / name)
    with pytest.raises(SystemExit) as ended:
        way_in()
    assert said("wrong_way_in.unread", value=str(tmp_path / name)).fullmatch(str(ended.value))


def test_secrets_without_sign_in_leave_things_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty.toml").touch()
    reads(monkeypatch, tmp_path / "empty.toml")
    assert way_in() is None


def reads(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Name a file of secrets, as an operator does; Streamlit has read none before."""
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(file))
    monkeypatch.setattr(st.secrets, "_secrets", None)
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: [str(file)] if name == "secrets.files" else real(name))
    identity.way_in.cache_clear()


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        (without("client_id"), "missing", "client_id"),
        (without("client_secret"), "missing", "client_secret"),
        (without("server_metadata_url"), "missing", "server_metadata_url"),
        (without("cookie_secret"), "short_secret", "32"),
        ({**AUTH, "cookie_secret": "guess me"}, "short_secret", "32"),
        (without("redirect_uri"), "not_https", "redirect_uri"),
        ({**AUTH, "redirect_uri": "http://board.example.org/oauth2callback"}, "not_https", "redirect_uri"),
        ({**AUTH, "redirect_uri": "https://board.example.org/"}, "redirect", "/oauth2callback"),
        ({**AUTH, "redirect_uri": "https://board.example.org/oauth2callback?a=b"}, "redirect", "/oauth2callback"),
        ({**AUTH, "server_metadata_url": "http://id.example.org/x"}, "not_https", "server_metadata_url"),
        ({**AUTH, "server_metadata_url": "ftp://localhost/x"}, "not_https", "server_metadata_url"),
        ({**AUTH, "google": {**SMALL, "client_secret": ""}}, "missing", "client_secret"),
    ],
)
def test_a_provider_that_is_not_configured_safely_ends_the_start(
    section: dict[str, Any], key: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets(monkeypatch, section)
    with pytest.raises(SystemExit) as ended:
        doors()
    assert said(f"wrong_way_in.{key}", value=value).fullmatch(str(ended.value))


def test_packages_that_are_missing_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "find_spec", lambda name: None if name == "authlib" else object())
    secrets(monkeypatch, AUTH)
    with pytest.raises(SystemExit) as ended:
        way_in()
    assert said("wrong_way_in.not_installed").fullmatch(str(ended.value))


@pytest.mark.parametrize("hours", ["long", "0", "nan", "721"])
def test_a_length_of_sessions_that_is_none_ends_the_start(hours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_SESSION_HOURS", hours)
    with pytest.raises(SystemExit) as ended:
        doors()
    assert said("wrong_way_in.hours", value=hours).fullmatch(str(ended.value))


@pytest.mark.parametrize("section", [None, AUTH], ids=["without a provider", "with one"])
@pytest.mark.parametrize("names", [("USER_HEADER",), ("ADDRESSES", "USER_HEADER"), ("LATER",)])
def test_nothing_is_served_while_a_proxy_is_told_to_sign_people_in(
    names: tuple[str, ...], section: dict[str, Any] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = [f"DASHBOARD_PROXY_{name}" for name in names]
    secrets(monkeypatch, section)
    for name in variables:
        monkeypatch.setenv(name, "")
    doors()
    secrets(monkeypatch, section)
    for name in variables:
        monkeypatch.setenv(name, "x")
    with pytest.raises(SystemExit) as ended:
        doors()
    assert said("wrong_way_in.by_proxy", value=", ".join(variables)).fullmatch(str(ended.value))


def test_below_a_path_every_step_is_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = config.get_option
    monkeypatch.setattr(st, "get_option", lambda key: "/board/" if key == "server.baseUrlPath" else real(key))
    secrets(monkeypatch, AUTH)
    with pytest.raises(SystemExit):
        way_in()
    secrets(monkeypatch, {**AUTH, "redirect_uri": f"{ORIGIN}/board/oauth2callback"})
    assert way_in() is not None
    assert list(ways_out().values()) == ["/board/signout", "/board/signout?everywhere=yes"]
