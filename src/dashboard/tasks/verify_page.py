"""Serves the page on which somebody verifies a standard, to this machine only, and says what the terminal says too.

Its address holds a key that is new every time: no other page in the browser, and nobody else at this machine, can give
a verdict. A browser may hold a connection open on which it sends nothing: others are answered meanwhile, and verdicts
are written one after the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from secrets import token_urlsafe
from threading import Lock
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, StrictUndefined

from dashboard.model.deployment import GoesBy, is_same_host, read_host, read_origin
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.tasks.server import end_as_by_hand, url_at
from dashboard.tasks.verdicts import MARKS, OTHERWISE, Verdict
from dashboard.tasks.verifying import VerifiedItem, VerifiedStandard, give, reread

HERE = "127.0.0.1"
MOST = 64_000
"""The most bytes that a form may send."""
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
TYPED = ("verdict", "page", "instead", "role", "date")
"""The fields of the form."""
_PAGE = Environment(autoescape=True, undefined=StrictUndefined).from_string(
    files("dashboard.tasks").joinpath("verify.html").read_text("utf-8")
)


def standing(standard: VerifiedStandard, words: Words) -> str:
    """How far it is: how many criteria have a verdict that counts, and about how many the document says otherwise."""
    items, framework = standard.items(), standard.framework
    given, n = sum(item.counts for item in items), sum(bool(item.otherwise) for item in items)
    name = {"standard": framework.short_title, "version": framework.version}
    said = words("verify.standing", **name, given=given, of=len(items))
    return f"{said} {words.count('verify.n_otherwise', n)}" if n else said


def about(item: VerifiedItem, words: Words) -> list[str]:
    """What is to be known of a criterion besides its text: evidence, source, mark, and the last verdict."""
    one, last = item.criterion, item.last
    said = [words("review.evidence_hint", hint=one.evidence_hint)] if one.evidence_hint else []
    said += [words("verify.source", source=one.cited())] if one.cited() else []
    said.append(words("verify.mark", mark=words(f"verification.{one.verification}")))
    if last is not None:
        key = "verify.last" if item.counts else "verify.changed"
        said.append(words(key, verdict=verdict_said(last, words), role=last.role, date=_day(last.date)))
    return said


def _day(written: str) -> date | str:
    """A day, to be written as in the language of the words; in a table that was changed by hand, it may be any text."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written


def verdict_said(given: Verdict, words: Words) -> str:
    """A verdict with its page and, if the document says otherwise, what."""
    key = "verify.verdict_otherwise" if given.verdict == OTHERWISE else "verify.verdict"
    # In a table that was changed by hand, it may be any word.
    said = words(f"verify.{given.verdict}") if given.verdict in MARKS else given.verdict
    return words(key, verdict=said, page=given.page, instead=given.instead)


def next_open(standard: VerifiedStandard, after: str = "") -> str:
    """The id of the first criterion after another one that has no verdict, from the top again at the end; or empty."""
    items = standard.items()
    ids = [item.criterion.criterion for item in items]
    start = ids.index(after) + 1 if after in ids else 0
    return next((item.criterion.criterion for item in (*items[start:], *items[:start]) if not item.counts), "")


def page(
    standard: VerifiedStandard,
    item: VerifiedItem | None,
    typed: Verdict,
    told: Sequence[str],
    words: Words,
    today: date,
) -> str:
    """The page of a criterion, or the one at the end; `typed` is in its fields."""
    items = standard.items()
    return _PAGE.render(
        words=words, standard=standard, item=item, typed=typed, told=told, today=today.isoformat(), marks=list(MARKS),
        standing=standing(standard, words), about=about(item, words) if item else (), folder=standard.file.parents[1],
        after=next_open(standard, item.criterion.criterion) if item else "",
        verdicts=[verdict_said(one.last, words) if one.last and one.counts else "" for one in items],
    )  # fmt: skip


@dataclass
class VerifyingSession:
    """What the server holds between two requests: the standard as it was read last, and the role and day typed last."""

    standard: VerifiedStandard
    usual: Verdict
    words: Words
    today: Callable[[], date]
    key: str
    turn: Lock = field(default_factory=Lock)

    def shown(self, asked: str) -> str:
        """The page of a criterion: the one that is asked for, or else the first without a verdict."""
        told = self._again()
        if asked and isinstance(wrong := self.standard.item(asked), Problem):
            told, asked = [*told, *self._said([wrong])], ""
        item = self._item(asked or next_open(self.standard))
        typed = item.last if item and item.last and item.counts else Verdict("", "", "")
        typed = replace(typed, role=self.usual.role, date=self.usual.date)
        return page(self.standard, item, typed, told, self.words, self.today())

    def given(self, asked: str, form: dict[str, str]) -> str | None:
        """Write what was typed; the page with what is wrong in it, or None."""
        typed = replace(self.usual, criterion=asked, **form)
        done = give(self.standard, typed, self.today())
        if isinstance(done, VerifiedStandard):
            self.standard, self.usual = done, replace(self.usual, role=typed.role, date=typed.date)
            return None
        return page(self.standard, self._item(asked), typed, self._said(done), self.words, self.today())

    def _item(self, criterion: str) -> VerifiedItem | None:
        found = self.standard.item(criterion)
        return found if isinstance(found, VerifiedItem) else None

    def _again(self) -> list[str]:
        """Read the files again; what is wrong with them."""
        now = reread(self.standard)
        if isinstance(now, VerifiedStandard):
            self.standard = now
            return []
        return self._said(now)

    def _said(self, problems: Sequence[Problem]) -> list[str]:
        return [sentence(one, self.words) for one in problems]


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, session: VerifyingSession, *given: object) -> None:
        self.session = session
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self._welcome():
            with self.session.turn:
                text = self.session.shown(self._asked())
            self._answer(200, text)

    def do_POST(self) -> None:
        if not self._welcome():
            return
        size = self.headers.get("content-length", "")
        if not size.isdecimal() or int(size) > MOST:
            self._answer(413, self.session.words("door.too_much"))
            return
        sent = parse_qs(self.rfile.read(int(size)).decode("utf-8", "replace"), keep_blank_values=True)
        form = {name: sent.get(name, [""])[0] for name in TYPED}
        asked = self._asked()
        with self.session.turn:
            wrong = self.session.given(asked, form)
            after = next_open(self.session.standard, asked)
        if wrong is not None:
            self._answer(200, wrong)
            return
        self.send_response(303)
        self.send_header("location", f"?item={after}")
        self.end_headers()

    def _asked(self) -> str:
        return parse_qs(urlsplit(self.path).query).get("item", [""])[0]

    def _welcome(self) -> bool:
        """Whether the request names this server and its key, and comes from no other page; else it is refused."""
        words, port = self.session.words, self.connection.getsockname()[1]
        hosts, origins = (self.headers.get_all(name) or [] for name in ("host", "origin"))
        host = read_host(hosts[0]) if len(hosts) == 1 else None
        if host is None or not GoesBy(local=True).knows(host, port, "http"):
            self._answer(421, words("door.host"))
            return False
        origin = read_origin(origins[0]) if len(origins) == 1 else None
        if origins and (origin is None or not is_same_host(origin, host)):
            self._answer(403, words("door.origin"))
            return False
        if urlsplit(self.path).path != f"/{self.session.key}":
            self._answer(404, words("door.nothing_here"))
            return False
        return True

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: the terminal is for sentences."""


def verifying_server(session: VerifyingSession, port: int = 0) -> ThreadingHTTPServer:
    """A server of the page that listens already; without a port, at one that is free. Raises OSError."""
    return ThreadingHTTPServer((HERE, port), partial(_Handler, session))


def serve_page(
    standard: VerifiedStandard, usual: Verdict, words: Words, today: Callable[[], date], begun: Callable[[str], object]
) -> VerifiedStandard:
    """Serve the page until Ctrl+C; `begun` is called with its address. Returns the standard as it was read last."""
    session = VerifyingSession(standard, usual, words, today, token_urlsafe(16))
    end_as_by_hand()
    with verifying_server(session) as server:
        try:
            begun(f"{url_at(HERE, server.server_port)}/{session.key}")
            server.serve_forever()
        except KeyboardInterrupt:
            pass
    return session.standard
