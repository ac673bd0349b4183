"""Serves the tables of a page to other tools, read-only and whole, below `/api/`.

The same checks apply as for pages: host names, origin, and the key of a room. No session is involved, so previews and
scenarios are never included.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from anyio import CapacityLimiter, to_thread
from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from dashboard.exports.figures_file import FORMATS, MOST_ROWS, FiguresPage, FiguresTable, write_csv, write_json
from dashboard.loading.sandbox import PrivateFolder
from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.deployment import version
from dashboard.model.pages import PAGES
from dashboard.model.permissions import Person
from dashboard.model.problem import Problem, Weight, sentence
from dashboard.model.view_state import OF_FIGURES
from dashboard.model.words import Words
from dashboard.store.history import StoreError
from dashboard.store.locking import machine_failed
from dashboard.store.reader import Published
from dashboard.tasks import figure_tables
from dashboard.tasks.openapi import openapi
from dashboard.ui.server.headers import refuse
from dashboard.ui.session import person_of
from dashboard.ui.versions import masking, restricted_copy

PIECE = 1 << 18
"""The most bytes read and sent at once."""


class SentFile(Response):
    """A file in a private folder, which is removed once it is sent, or when the client has gone."""

    def __init__(self, folder: PrivateFolder, file: Path, headers: Mapping[str, str], media_type: str) -> None:
        super().__init__(None, 200, {**headers, "content-length": str(file.stat().st_size)}, media_type)
        self.folder, self.file = folder, file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            with self.file.open("rb") as stream:
                while scope["method"] != "HEAD" and (piece := await to_thread.run_sync(stream.read, PIECE)):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self.folder.leave()


AT_ONCE = 4
"""Answers made at once, so that busy tools leave threads for the pages."""
READS = ("GET", "HEAD")
NO_STORE = {"cache-control": "no-store"}
STATUS = {
    "no_figures_page": 404,
    "no_figures_table": 404,
    "hidden_table": 403,
    "publication_not_kept": 409,
    "former_table": 410,
}
"""The statuses of refusals; anything else is 400."""
JSON = "json"
OPENAPI = "openapi.json"
"""The address of the description of all others."""
COUNTED = re.compile("[1-9][0-9]{0,14}")
TABLE, FORMAT, FROM, AT, EXCEL = figure_tables.OF_A_TABLE


@dataclass(frozen=True)
class Request:
    """What is asked for: a table for a page's query, in a format. `person` has signed in, and gets what they may see.

    `root` is the address below which tables are. A JSON response has at most `most` rows, from the `first` on, of the
    publication `at`; of the one in force if that is empty. `excel` is for CSV that Excel is to open.
    """

    page: str
    table: str
    format: str
    query: dict[str, str]
    words: Words
    person: Person | None = None
    root: str = ""
    most: int = MOST_ROWS
    first: int = 1
    at: str = ""
    excel: bool = False


@dataclass
class Figures:
    """The tables of every page; mounted at `/api`. `most` is the most rows of one JSON response."""

    most: int = MOST_ROWS
    at_once: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(AT_ONCE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await refuse(scope, send, 404, "nothing_here")
            return
        root = scope.get("root_path", "")
        if scope["method"] not in READS:
            response: Response = PlainTextResponse(read_words()("door.reads_only"), 405, {"allow": ", ".join(READS)})
        else:
            path = scope["path"].removeprefix(root).strip("/")
            query, person = _query(scope["query_string"]), person_of(scope)
            response = await to_thread.run_sync(answer, path, query, person, root, self.most, limiter=self.at_once)
        if scope["method"] == "HEAD":
            response.body = b""
        await response(scope, receive, send)


def _query(sent: bytes) -> dict[str, str]:
    """Return the query of an address. A repeated key holds all its values."""
    query = QueryParams(sent.decode("utf-8", "replace"))
    return {name: ",".join(query.getlist(name)) for name in query}


def answer(
    path: str, query: dict[str, str], person: Person | None = None, root: str = "", most: int = MOST_ROWS
) -> Response:
    """Return what is at `path` below `/api/`, or why there is none."""
    lang = query.get("lang", "")
    words = read_words(lang if lang in languages() else languages()[0])
    if not path:
        return JSONResponse(index(), headers=NO_STORE)
    try:
        if path == OPENAPI:
            return _described(words, person, root)
        asked = _asked(path, query, words)
        if isinstance(asked, Problem):
            return _refused(words, asked)
        return _answer(replace(asked, person=person, root=root, most=most))
    except StoreError as error:
        return PlainTextResponse(sentence(error.problem, words), 503, NO_STORE)


def _described(words: Words, person: Person | None, root: str) -> Response:
    """Return the description of all addresses, with the columns of what is published. Raises StoreError."""
    published = restricted_copy.current(person)
    if published is None:
        return _nothing_published(words)
    return JSONResponse(openapi(words, root, figure_tables.columns_by_table(published, date.today())), headers=NO_STORE)


def _nothing_published(words: Words) -> Response:
    return PlainTextResponse(words("shell.nothing_published"), 503, NO_STORE)


def _asked(path: str, query: dict[str, str], words: Words) -> Request | Problem:
    """Return what the address asks for; a Problem for the first thing that there is not."""
    own = {name: query.pop(name, "") for name in figure_tables.OF_A_TABLE}
    page, _, end = path.partition(".")
    name = figure_tables.named_format(page, own[FORMAT] or end or JSON)
    page, table = figure_tables.renamed(page, own[TABLE])
    found = figure_tables.named_table(page, table)
    if isinstance(found, Problem):
        return found
    if isinstance(name, Problem):
        return name
    numbers = {FROM: own[FROM] or "1", AT: own[AT] or "1"}
    for field_, text in numbers.items():
        if name != JSON and own[field_]:
            return Problem("only_json_has_pages", field_, value=field_, weight=Weight.FILE)
        if not COUNTED.fullmatch(text):
            return Problem("not_counted", field_, value=text, weight=Weight.FILE)
    if own[EXCEL] and (name, own[EXCEL]) != ("csv", "yes"):
        return Problem("excel_wrong", EXCEL, value=own[EXCEL], weight=Weight.FILE)
    return Request(page, found, name, query, words, first=int(numbers[FROM]), at=own[AT], excel=bool(own[EXCEL]))


def _answer(asked: Request) -> Response:
    """Return the table, as the page would show it, or masked while names are hidden. Raises StoreError."""
    published = _publication(asked)
    if published is None:
        return _nothing_published(asked.words)
    if isinstance(published, Problem):
        return _refused(asked.words, published)
    query, read = asked.query, published
    if query.get(masking.ON) == "yes":
        # The copy exists as long as it is held here.
        copy, query = _masked(asked, published)
        read = copy.published
    found = figure_tables.figures_of(read, asked.page, asked.table, query, date.today(), figure_tables.in_parts)
    if isinstance(found, Problem):
        return _refused(asked.words, found)
    if wrong := figure_tables.by_field(problem for problem in found.problems if problem.serious):
        return _refused(asked.words, *wrong, Problem("no_figures", asked.table, weight=Weight.FILE))
    try:
        return _written(asked, found, published)
    except (OSError, duckdb.Error) as error:
        raise StoreError(machine_failed(asked.table, error)) from error


def _masked(asked: Request, published: Published) -> tuple[masking.MaskedCopy, dict[str, str]]:
    try:
        return masking.lent(published, asked.query, asked.words)
    except (OSError, duckdb.Error) as error:
        raise StoreError(machine_failed(asked.table, error)) from error


def _publication(asked: Request) -> Published | Problem | None:
    """Return what a person may see of the publication in force, or of the one that the first rows were read from."""
    current = restricted_copy.current(asked.person)
    if current is None or asked.at in ("", str(current.revision.number)):
        return current
    kept = restricted_copy.kept_open(asked.at, asked.person)
    return kept or Problem("publication_not_kept", AT, value=asked.at, weight=Weight.FILE)


def _refused(words: Words, *problems: Problem) -> Response:
    said = "\n".join(sentence(problem, words) for problem in problems)
    return PlainTextResponse(said, STATUS.get(problems[0].kind, 400), NO_STORE)


def _written(asked: Request, found: FiguresTable, published: Published) -> Response:
    """Write the table to a file, and return what sends it. While more rows follow, the publication is kept."""
    name = asked.format
    own, at = f"{'safe-' if found.masked else ''}{found.table}.{name}", str(found.publication)
    headers = {**NO_STORE, "content-disposition": f'{"inline" if name == JSON else "attachment"}; filename="{own}"'}
    folder = PrivateFolder()
    file = folder.path / own
    if name == JSON:
        page = FiguresPage(lambda row: _address(asked, found, {FROM: str(row), AT: at}), asked.first, asked.most)
        n_rows = write_json(found, asked.words, file, page)
        if asked.first > max(n_rows, 1):
            return _refused(asked.words, Problem("no_such_row", FROM, value=str(asked.first), expected=str(n_rows)))
        if page.end <= n_rows:
            restricted_copy.keep(published)
    else:  # CSV has no place for units and meanings.
        write = partial(write_csv, excel=True) if asked.excel else FORMATS[name].write
        write(found, asked.words, file)
        headers["link"] = f'<{_address(asked, found, {})}>; rel="describedby"; type="application/json"'
    return SentFile(folder, file, headers, FORMATS[name].media_type)


def _address(asked: Request, found: FiguresTable, more: Mapping[str, str]) -> str:
    """Return the address of the same table as JSON, with the selection as it was applied."""
    query = {**found.choice, TABLE: found.table, **more}
    return f"{asked.root}/{found.page}?{urlencode(query, safe=',')}"


def index() -> Mapping[str, object]:
    """Return the version of the program, every page with its tables and what each needs, and every parameter."""
    tables = {
        page: {name: list(needs) for name, needs in PAGES[page].tables.items()} for page in figure_tables.WITH_FIGURES
    }
    return {
        "program": version(),
        "formats": list(FORMATS),
        "parameters": [*figure_tables.OF_A_TABLE, *OF_FIGURES],
        "most_rows": MOST_ROWS,
        "description": OPENAPI,
        "pages": tables,
    }
