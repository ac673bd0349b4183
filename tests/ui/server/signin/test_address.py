"""Does somebody arrive where they wanted to, and never on another site?"""

import pytest

from dashboard.ui.server.signin.address import LONGEST, asked, kept, local, read

CLOSED = frozenset(("/signin", "/signout", "/oauth2callback"))


@pytest.mark.parametrize(
    "address", ["/", "/heatmap", "/heatmap?country=GHA,KEN&q=a%20b~c;d:e!@", "/a?to=//evil.example"]
)
def test_an_address_of_this_server_comes_back_as_it_was(address: str) -> None:
    assert local(read(kept(address)), "", CLOSED) == address
    assert local(f"/board{address}", "/board", CLOSED) == f"/board{address}"


@pytest.mark.parametrize(
    "address",
    [
        "", "heatmap", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "javascript:alert(1)", "/a\r\nSet-Cookie: b=c", "/a b", "/\tb", "/é", "/signout", "/signout?everywhere=yes",
        "/signin?to=/", "/oauth2callback?error=x",
    ],
)  # fmt: skip
def test_any_other_leads_to_the_first_page(address: str) -> None:
    assert local(address, "", CLOSED) == "/"
    assert local(address, "/board", frozenset()) == "/board/"


def test_of_an_address_that_is_too_long_the_page_is_kept() -> None:
    assert local("/heatmap?q=" + "a" * LONGEST, "", CLOSED) == "/heatmap"
    assert len(kept(local("/" + "a" * 9000, "", CLOSED))) < 4000


@pytest.mark.parametrize("value", ["", "!", "a", "_____", "äöü", kept("/a")[:-1] + "!"])
def test_a_forged_cookie_leads_nowhere_in_particular(value: str) -> None:
    assert local(read(value), "", CLOSED) == "/"


def test_the_asked_address_is_taken_as_the_browser_wrote_it() -> None:
    scope = {"path": "/a b", "raw_path": b"/a%20b", "query_string": b"q=%22"}
    assert asked(scope) == "/a%20b?q=%22"
    assert asked({"path": "/a b", "query_string": b""}) == "/a%20b"
