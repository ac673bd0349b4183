"""Does anybody without the key get the voting page and nothing else, whatever they ask for?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.types import Message, Scope, Send

from dashboard.loading.yaml_file import read_words
from dashboard.model.vote import SECOND, Vote
from dashboard.store.disk import store_folder
from dashboard.store.votes import ask, close, code_of, renew_code, reveal, standing, vote, vote_again
from dashboard.ui import session
from dashboard.ui.present import room_access
from dashboard.ui.present.room_access import Gate, Keyring, keyring
from dashboard.ui.server.headers import hash_of
from dashboard.ui.server.limits import RateLimit
from tests.conftest import said
from tests.voting import SEVERITY, device
from tests.waiting import ended

KEY = "ABCDEFGHJKLM"
SECRET = b"figures of an operation"


@dataclass
class Got:
    """A response."""

    status: int
    headers: list[tuple[str, str]]
    page: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


@dataclass
class Browser:
    """A client of the gate that keeps the cookies it was given."""

    door: Gate
    cookies: dict[str, str] = field(default_factory=dict)
    languages: str = "en"
    client: tuple[str, int] = ("10.0.0.1", 1)

    def asks(self, method: str, path: str, form: dict[str, str] | None = None, body: bytes = b"") -> Got:
        path, _, query = path.partition("?")
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope: Scope = {
            "type": "http", "method": method, "path": path, "client": self.client,
            "query_string": query.encode("latin-1"),
            "headers": [(b"cookie", held.encode()), (b"accept-language", self.languages.encode())],
        }  # fmt: skip
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": urlencode(form or {}).encode() or body}

        async def send(message: Message) -> None:
            sent.append(message)

        ended(self.door(scope, receive, send))
        headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
        for cookie in (value for name, value in headers if name == "set-cookie"):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return Got(int(str(sent[0]["status"])), headers, b"".join(m.get("body", b"") for m in sent[1:]).decode())

    def sees(self, path: str = "/vote") -> str:
        """Return the page at an address, following redirects."""
        got = self.asks("GET", path)
        return self.sees(got.header("location")) if got.status == 303 else got.page

    def sends(self, **form: str) -> str:
        """Return the page after a form was sent."""
        got = self.asks("POST", "/vote", form)
        return self.sees() if got.status == 303 else got.page

    def joins(self, group: str = "board") -> "Browser":
        self.sends(code=code_of(store_folder()))
        self.sends(group=group)
        return self

    def votes(self, choice: str, number: int = 1, ballot: int = 1) -> str:
        return self.sends(number=str(number), ballot=str(ballot), choice=choice)


async def _server(scope: object, receive: object, send: Send) -> None:
    """The application behind the gate, which reveals everything."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": SECRET})


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    return tmp_path


@pytest.fixture
def door(store: Path) -> Iterator[Gate]:
    yield Gate(_server, Keyring(KEY, "once"))
    session._guarded.clear()


@pytest.fixture
def phone(door: Gate) -> Browser:
    return Browser(door)


def told(page: str, key: str, **places: object) -> bool:
    """Whether a sentence is on the page, as HTML writes it."""
    return bool(said(f"vote.{key}", **places).search(page.replace("&#x27;", "'").replace("&quot;", '"')))


PATHS = (
    "/", "/overview", "/data", "/present?part=vote", "/room",
    "/vote/", "/vote/x", "//vote", "/Vote", "/enter", "/enter?once=twice",
    "/_stcore/health", "/_stcore/stream", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/upload_file/a/b",
    "/media/abc.csv", "/component/x/index.html", "/static/js/index.js", "/app/static/x", "/favicon.png", "/index.html",
    "/%76ote", "/../vote", "",
)  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_asked_for_without_the_key_leads_to_the_voting_page(path: str, door: Gate) -> None:
    methods = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "NONSENSE")
    for port, method in enumerate(methods):
        # Each on its own connection: a single one may not ask so often.
        phone = Browser(door, client=("10.0.0.1", port))
        for held in ("", "wrong", KEY[:-1], f"{KEY}x", "é"):
            phone.cookies = {room_access.KEY: held} if held else {}
            got = phone.asks(method, path)
            assert (got.status, got.header("location"), got.page) == (303, "/vote", ""), (method, held)


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS"])
def test_the_voting_page_itself_is_only_read_and_sent(method: str, phone: Browser) -> None:
    assert phone.asks(method, "/vote").status == 303


@pytest.mark.parametrize("kind", ["websocket", "something new"])
def test_no_connection_is_made_without_the_key(kind: str, door: Gate) -> None:
    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    async def receive() -> dict[str, object]:
        return {"type": f"{kind}.connect"}

    ended(door({"type": kind, "path": "/_stcore/stream", "headers": []}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_with_the_key_everything_is_there_and_the_key_is_never_in_an_address(phone: Browser) -> None:
    got = phone.asks("POST", "/vote", {"key": KEY})
    assert (got.status, got.header("location")) == (303, "/present?part=vote")
    cookie = got.header("set-cookie")
    assert set(cookie.split("; ")) == {
        f"{room_access.KEY}={KEY}",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=43200",
    }
    assert phone.asks("GET", "/present?part=vote").page.encode() == SECRET
    assert phone.asks("GET", "/enter").header("location") == "/present?part=vote"


def test_an_address_that_is_no_text_is_answered_like_any_other(phone: Browser) -> None:
    assert phone.asks("GET", "/data?\xff=\xfe").status == 303
    assert told(phone.asks("GET", "/vote?code=\xff").page, "wrong_code")


def test_cookies_of_other_servers_on_the_same_machine_keep_nobody_out(phone: Browser) -> None:
    phone.cookies = {"{[,]}": "{}", room_access.KEY: KEY}
    assert phone.asks("GET", "/present?part=vote").page.encode() == SECRET


def test_every_answer_of_the_gate_stays_out_of_caches_and_loads_nothing(phone: Browser) -> None:
    phone.door.of_connection = RateLimit(3, 0.001)
    got = [phone.asks("GET", "/vote"), phone.asks("GET", "/"), phone.asks("POST", "/vote", body=b"A" * 5000)]
    got.append(phone.asks("GET", "/"))
    assert [each.status for each in got] == [200, 303, 413, 429]
    for each in got:
        assert each.header("cache-control") == "no-store"
        assert "default-src 'none'" in each.header("content-security-policy")
        assert each.header("content-length") == str(len(each.page.encode()))


def test_the_word_of_the_command_opens_the_door_once(door: Gate) -> None:
    first, second = Browser(door), Browser(door)
    assert first.asks("GET", "/enter?once=once").header("location") == "/present?part=vote"
    assert first.asks("GET", "/data").page.encode() == SECRET
    assert second.asks("GET", "/enter?once=once").header("location") == "/vote"
    assert second.asks("GET", "/data").status == 303


def test_a_wrong_key_is_told(phone: Browser) -> None:
    assert told(phone.sends(key="wrong"), "wrong_key")
    assert room_access.KEY not in phone.cookies


def test_too_much_is_not_read(phone: Browser) -> None:
    assert phone.asks("POST", "/vote", body=b"code=" + b"A" * 5000).status == 413
    assert phone.asks("POST", "/vote", body=b"&".join(b"a=1" for _ in range(100))).status == 200
    assert phone.asks("POST", "/vote", body=b"\xff\x00code=\xfe").status == 200


def test_a_form_that_was_cut_off_is_not_taken_for_a_whole_one(phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    phone.joins()
    held = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    scope = {
        "type": "http", "method": "POST", "path": "/vote", "query_string": b"", "headers": [(b"cookie", held.encode())],
    }  # fmt: skip
    comes: list[Message] = [
        {"type": "http.request", "body": b"number=1&ballot=1&choice=1", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return comes.pop(0)

    async def send(message: object) -> None:
        """The client has gone."""

    ended(phone.door(scope, receive, send))
    assert not comes
    now = standing(store)
    assert now is not None
    assert not now.votes


def test_a_connection_that_asks_too_often_is_told_and_nothing_is_done(phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    phone.joins()
    phone.door.of_connection = RateLimit(2, 0.001)
    assert [phone.asks("GET", "/vote").status for _ in range(2)] == [200, 200]
    got = phone.asks("POST", "/vote", {"number": "1", "ballot": "1", "choice": "1"})
    assert got.status == 429
    assert told(got.page, "too_many")
    now = standing(store)
    assert now is not None
    assert not now.votes
    assert phone.asks("GET", "/overview").status == 429
    neighbour = Browser(phone.door, client=(phone.client[0], 2))
    assert neighbour.asks("GET", "/vote").status == 200
    phone.cookies[room_access.KEY] = KEY
    assert phone.asks("GET", "/present?part=vote").page.encode() == SECRET, "whoever leads is not held up"


def test_an_address_that_asks_too_often_is_told_however_many_connections_it_makes(door: Gate) -> None:
    door.of_address = RateLimit(3, 0.001)
    crowd = [Browser(door, client=("10.0.0.1", port)).asks("GET", "/vote").status for port in range(5)]
    assert crowd == [200, 200, 200, 429, 429]
    assert Browser(door, client=("10.0.0.2", 1)).asks("GET", "/vote").status == 200


def test_a_room_of_phones_behind_one_address_is_not_too_many(door: Gate) -> None:
    assert all(door.of_address.takes("10.0.0.1") for _ in range(500 * 8)), "each joins, chooses a group, and votes"


def test_nothing_is_served_without_a_key_that_deserves_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for held in ("", "short"):
        monkeypatch.setenv("DASHBOARD_ROOM_KEY", held)
        with pytest.raises(SystemExit):
            keyring()
    monkeypatch.setenv("DASHBOARD_ROOM_KEY", KEY)
    assert keyring().opens(KEY)


def test_in_a_room_a_session_may_write_for_only_the_key_has_one(door: Gate, open_to_all: None) -> None:
    assert session.is_guarded()
    assert session.listens_on() == "localhost"
    session._guarded.clear()
    assert session.listens_on() == "0.0.0.0"  # noqa: S104


def test_people_join_by_the_letters_and_by_the_picture(phone: Browser, store: Path) -> None:
    assert told(phone.sees(), "join")
    assert told(phone.sends(code="QQQQQQ"), "wrong_code")
    assert told(phone.sends(code="é" * 6), "wrong_code")
    code = code_of(store)
    assert told(phone.sends(code=f" {code[:3].lower()} {code[3:]}"), "wait")
    other = Browser(phone.door)
    got = other.asks("GET", f"/vote?code={code}")
    assert (got.status, got.header("location")) == (303, "/vote"), "the letters leave the address"
    assert told(other.sees(), "wait")
    assert phone.cookies["device"] != other.cookies["device"]


def test_a_vote_is_given_kept_over_a_reload_changed_and_shown_to_nobody(phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    page = phone.sends(code=code_of(store))
    assert told(page, "group")
    assert "Legal &lt;and&gt; privacy" in page
    page = phone.sends(group="legal")
    assert "Children sell &lt;airtime&gt;." in page
    assert "<airtime>" not in page
    assert told(phone.votes("3"), "voted")
    page = phone.sees()
    assert told(page, "voted")
    assert re.search(r'value="3" aria-pressed="true"', page)
    phone.votes("4")
    now = standing(store)
    assert now is not None
    assert [(given.choice, given.group) for given in now.votes.values()] == [("4", "legal")]
    other = Browser(phone.door).joins()
    assert re.findall(r'value="(\w+)" aria-pressed="true"', other.sees()) == ["board"], "its group alone"


def test_a_phone_follows_the_question_to_its_end(phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    phone.joins().votes("3")
    reveal(store, 1)
    assert told(phone.sees(), "revealed")
    assert told(phone.sees(), "yours", choice="3 – grade 3")
    assert told(phone.votes("1"), "over")
    vote_again(store, 1)
    assert told(phone.sees(), "again")
    assert told(phone.votes("1", ballot=1), "over"), "a page of the first vote cannot vote in the second"
    assert told(phone.votes("2", ballot=SECOND), "voted")
    reveal(store, 1)
    close(store, 1, "2")
    assert told(phone.sees(), "decided", choice="2 – grade 2")
    assert told(phone.votes("1", ballot=SECOND), "over")
    late = Browser(phone.door).joins()
    assert told(late.sees(), "decided")


def test_a_late_phone_votes_and_one_that_comes_after_the_reveal_waits(phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    vote(store, 1, Vote(1, device(1), "1", "board"))
    assert told(phone.joins().votes("2"), "voted")
    reveal(store, 1)
    late = Browser(phone.door)
    assert told(late.sends(code=code_of(store)), "none")


@pytest.mark.parametrize("choice", ["5", "", "<b>"])
def test_a_vote_for_nothing_that_was_asked_is_told(choice: str, phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    phone.joins()
    assert told(phone.votes(choice), "no_choice")
    now = standing(store)
    assert now is not None
    assert not now.votes


def test_a_group_that_the_question_does_not_know_is_asked_for(phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    for group in ("moon", "a;b", "\r\nset-cookie: x=1"):
        phone.joins(group)
        assert told(phone.sees(), "group")
        assert told(phone.votes("1"), "group")
    now = standing(store)
    assert now is not None
    assert not now.votes


def test_a_browser_that_keeps_no_cookies_is_told(phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    phone.joins().cookies.clear()
    assert told(phone.votes("1"), "no_cookie")
    phone.cookies = {"device": "not a device", "joined": code_of(store), "group": "board"}
    assert told(phone.votes("1"), "no_cookie")


def test_the_next_group_joins_anew(phone: Browser, store: Path) -> None:
    ask(store, SEVERITY)
    phone.joins()
    renew_code(store)
    assert told(phone.sees(), "join")
    assert told(phone.votes("1"), "join")
    now = standing(store)
    assert now is not None
    assert not now.votes


def test_every_sentence_of_the_voting_page_comes_from_the_words(phone: Browser, store: Path, tmp_path: Path) -> None:
    (tmp_path / "yy.yaml").write_text("language: {name: Yy}\nvote: {join: 'Yyjoin', wait: 'Yywait'}\n", "utf-8")
    phone.languages = "yy-YY,en;q=0.5"
    assert read_words().has("vote.join")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_WORDS", str(tmp_path))
        page = phone.sees()
        assert "Yyjoin" in page
        assert '<html lang="yy">' in page


def test_a_page_of_the_gate_asks_for_nothing_elsewhere_and_runs_no_script_but_its_own(
    phone: Browser, store: Path
) -> None:
    got = phone.asks("GET", "/vote")
    assert "default-src 'none'" in got.header("content-security-policy")
    assert got.header("cache-control") == "no-store"
    (script,) = re.findall("<script>(.*?)</script>", got.page, re.DOTALL)
    assert f"script-src {hash_of(script)};" in got.header("content-security-policy")
    assert got.page.count("<script") == 1
    assert not re.search(r"https?:", got.page)
