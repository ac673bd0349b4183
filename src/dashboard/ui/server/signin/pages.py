"""The plain page without scripts that somebody sees who is not signed in: a sentence and a button."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope

from dashboard.loading.yaml_file import read_words
from dashboard.model.words import Words
from dashboard.ui.html import render
from dashboard.ui.session import spoken_to

NO_STORE = {"cache-control": "no-store"}


@dataclass(frozen=True)
class Button:
    """A button, and where it leads; one that `posts` changes something there."""

    title: str
    address: str
    posts: bool = False


def words_for(scope: Scope) -> Words:
    """Return the words in the language of somebody who is not yet known."""
    request = HTTPConnection(scope)
    accepted = request.headers.get("accept-language", "")
    return read_words(spoken_to(None, request.cookies, accepted, request.query_params.get("lang", "")))


def page(words: Words, key: str, status: int, buttons: tuple[Button, ...] = (), **places: object) -> Response:
    """Return the page that says `signin.<key>`."""
    title, says = words("shell.title"), words(f"signin.{key}", **places)
    text = render("signin.html", words=words, title=title, says=says, buttons=buttons, style=_style())
    return HTMLResponse(text, status, NO_STORE)


def sentence(words: Words, key: str, status: int) -> Response:
    """Return the same for a program, which follows no button."""
    return PlainTextResponse(words(f"signin.{key}"), status, NO_STORE)


def wants_page(scope: Scope) -> bool:
    """Whether a person will see the answer: a browser asks for a page by name."""
    return scope["method"] in ("GET", "HEAD") and "text/html" in Headers(scope=scope).get("accept", "")


@cache
def _style() -> str:
    return files("dashboard.ui.server.signin").joinpath("page.css").read_text("utf-8")
