"""Does somebody arrive where they wanted to, and never on another site?"""

import pytest

from dashboard.ui.server.signin.door import LONGEST, asked_address, local_address, read_address, written_address

CLOSED = frozenset(("/signin", "/signout", "/oauth2callback"))


@pytest.mark.parametrize(
    "address", ["/", "/heatmap", "/heatmap?country=GHA,KEN&q=a%20b~c;d:e!@", "/a?to=//evil.example"]
)
def test_an_address_of_this_server_comes_back_as_it_was(address: str) -> None:
    assert local_address(read_address(written_address(address)), "", CLOSED) == address
    assert local_address(f"/board{address}", "/board", CLOSED) == f"/board{address}"


@pytest.mark.parametrize(
    "address",
    [
        "", "heatmap", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "javascript:alert(1)", "/a\r\nSet-Cookie: b=c", "/a b", "/\tb", "/é", "/signout", "/signout?everywhere=yes",
        "/signin?to=/", "/oauth2callback?error=x",
    ],
)  # fmt: skip
def test_any_other_leads_to_the_first_page(address: str) -> None:
    assert local_address(address, "", CLOSED) == "/"
    assert local_address(address, "/board", frozenset()) == "/board/"


def test_of_an_address_that_is_too_long_the_page_is_kept() -> None:
    assert local_address("/heatmap?q=" + "a" * LONGEST, "", CLOSED) == "/heatmap"
    assert len(written_address(local_address("/" + "a" * 9000, "", CLOSED))) < 4000


@pytest.mark.parametrize("value", ["", "!", "a", "_____", "äöü", written_address("/a")[:-1] + "!"])
def test_a_forged_cookie_leads_nowhere_in_particular(value: str) -> None:
    assert local_address(read_address(value), "", CLOSED) == "/"


def test_the_asked_address_is_taken_as_the_browser_wrote_it() -> None:
    scope = {"path": "/a b", "raw_path": b"/a%20b", "query_string": b"q=%22"}
    assert asked_address(scope) == "/a%20b?q=%22"
    assert asked_address({"path": "/a b", "query_string": b""}) == "/a%20b"
