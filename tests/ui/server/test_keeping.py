"""Does the answer to a browser contain what its session wanted kept, once, and never for another site's page?"""

from http.cookies import SimpleCookie

import pytest

from dashboard.model.tour import Step, ViewChange, cookie_of_views, views_in_cookie
from dashboard.ui import session as views_cookie
from dashboard.ui.session import COOKIE, WAITING, Waiting
from tests.ui.server.conftest import SELF, Got, asks
from tests.ui.server.test_figures import server

OTHER = ("origin", "http://elsewhere.example")
OWN = ("origin", "http://localhost:8501")
A, B = (Step.of_view("heatmap", {"country": "GHA"}, title, "It shows something.") for title in "AB")


def ask(change: ViewChange, *headers: tuple[str, str], held: tuple[Step, ...] = (), method: str = "POST") -> Got:
    """Return the response to a browser that holds some views and requests a change."""
    cookie = [("cookie", f"other=1; {COOKIE}={cookie_of_views(held)}")] if held else []
    return asks(server(), f"/keep/{WAITING.put(change)}", [SELF, *headers, *cookie], method)


def views(got: Got) -> tuple[Step, ...]:
    return views_in_cookie(SimpleCookie(got.headers["set-cookie"])[COOKIE].value)[0]


def test_the_cookie_is_kept_for_a_year_and_no_script_reads_it() -> None:
    got = ask(ViewChange(save=A), OWN)
    assert (got.status, got.body, got.headers["cache-control"]) == (204, b"", "no-store")
    assert views(got) == (A,)
    said = got.headers["set-cookie"].lower()
    for part in ("max-age=31536000", "samesite=lax", "httponly", "path=/"):
        assert part in said
    assert "secure" not in said, "this machine serves without encryption"


def test_it_is_put_to_what_the_browser_keeps_by_now() -> None:
    assert views(ask(ViewChange(save=B), held=(A,))) == (A, B)
    assert views(ask(ViewChange(remove="A"), held=(A, B))) == (B,)
    assert views(ask(ViewChange(save=A), ("cookie", f"{COOKIE}=forged"))) == (A,)


def test_with_the_last_view_the_cookie_goes() -> None:
    assert "max-age=0" in ask(ViewChange(remove="A"), held=(A,)).headers["set-cookie"].lower()


def test_where_another_tab_has_taken_the_room_the_cookie_stays() -> None:
    full = tuple(A.model_copy(update={"title": f"{n}"}) for n in range(12))
    got = ask(ViewChange(save=A), held=full)
    assert got.status == 409
    assert "set-cookie" not in got.headers


@pytest.mark.parametrize(("headers", "method", "status"), [([OTHER], "POST", 403), ([], "GET", 405), ([], "HEAD", 405)])
def test_a_page_of_another_server_and_a_link_have_nothing_kept(
    headers: list[tuple[str, str]], method: str, status: int
) -> None:
    got = ask(ViewChange(save=A), *headers, method=method)
    assert got.status == status
    assert "set-cookie" not in got.headers


def test_a_name_opens_once_and_no_other_does() -> None:
    name = WAITING.put(ViewChange(save=A))
    answers = [asks(server(), f"/keep/{one}", [SELF], "POST") for one in (name, name, "0" * 32, "")]
    # An address without a name is not ours, and leads to the first page like any other.
    assert [got.status for got in answers] == [204, 404, 404, 307]


def test_what_nobody_asks_for_is_forgotten_once_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_cookie, "MOST_WAITING", 2)
    waiting = Waiting()
    names = [waiting.put(ViewChange(remove=f"{n}")) for n in range(3)]
    assert len(set(names)) == 3
    assert [waiting.take(name) for name in names] == [None, ViewChange(remove="1"), ViewChange(remove="2")]
