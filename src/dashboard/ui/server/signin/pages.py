"""What does somebody see who is not signed in? One plain page without scripts: a sentence and a button."""

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from starlette.datastructures import Headers, QueryParams
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope

from dashboard.loading.files.words_file import languages, read_words
from dashboard.model.words import Words

NO_STORE = {"cache-control": "no-store"}


@dataclass(frozen=True)
class Button:
    """A button, and where it leads; one that `posts` changes something there."""

    title: str
    address: str
    posts: bool = False


def words_for(scope: Scope) -> Words:
    """Return the words in the language of the address, or else the first that the browser prefers and that is known."""
    said = QueryParams(scope["query_string"].decode("latin-1")).get("lang", "")
    accepted = Headers(scope=scope).get("accept-language", "")
    wanted = [said, *(one.partition(";")[0].strip().partition("-")[0] for one in accepted.split(","))]
    return read_words(next((one for one in wanted if one in languages()), languages()[0]))


def page(words: Words, key: str, status: int, buttons: tuple[Button, ...] = (), **places: object) -> Response:
    """Return the page that says `signin.<key>`."""
    links = "".join(_drawn(one) for one in buttons)
    title = escape(words("shell.title"))
    text = (
        f'<!doctype html>\n<html lang="{escape(words.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>{title}</title><style>{_style()}</style></head>\n<body><main><h1>{title}</h1>"
        f"<p>{escape(words(f'signin.{key}', **places))}</p>{links}</main></body></html>\n"
    )
    return HTMLResponse(text, status, NO_STORE)


def _drawn(one: Button) -> str:
    address, title = escape(one.address), escape(one.title)
    if one.posts:
        return f'<form method="post" action="{address}"><button>{title}</button></form>'
    return f'<a href="{address}">{title}</a>'


def sentence(words: Words, key: str, status: int) -> Response:
    """Return the same for a program, which follows no button."""
    return PlainTextResponse(words(f"signin.{key}"), status, NO_STORE)


def wants_page(scope: Scope) -> bool:
    """Whether a person will see the answer: a browser asks for a page by name."""
    return scope["method"] in ("GET", "HEAD") and "text/html" in Headers(scope=scope).get("accept", "")


@cache
def _style() -> str:
    return files("dashboard.ui.server.signin").joinpath("page.css").read_text("utf-8")
