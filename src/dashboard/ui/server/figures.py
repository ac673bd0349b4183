"""How do other tools read what a page shows? Its tables are available, read-only, below `/api/`.

The same checks apply as for pages: host names, origin, and the key of a room. No session is involved, so previews and
scenarios are never included.
"""

from collections.abc import Mapping
from datetime import date

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from dashboard.exports.figures import FORMATS, FiguresTable
from dashboard.loading.files.words_file import languages, read_words
from dashboard.model.pages import PAGES
from dashboard.model.people.person import Person
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from dashboard.store.history import StoreError
from dashboard.tasks.tables.figures import WITH_FIGURES, figures_of, named_format, named_table, renamed
from dashboard.ui.server.asgi import refuse
from dashboard.ui.session import person_of
from dashboard.ui.versions import masking, sight

AT_ONCE = 4
"""Answers made at once, so that busy tools leave threads for the pages."""
READS = ("GET", "HEAD")
NO_STORE = {"cache-control": "no-store"}
STATUS = {"hidden_table": 403, "no_figures_format": 400, "former_table": 410}
"""The statuses of refusals; anything else is 404."""


class Figures:
    """The tables of every page; mounted at `/api`."""

    def __init__(self) -> None:
        self.at_once = CapacityLimiter(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await refuse(scope, send, 404, "nothing_here")
            return
        if scope["method"] not in READS:
            response: Response = PlainTextResponse(read_words()("door.reads_only"), 405, {"allow": ", ".join(READS)})
        else:
            path = scope["path"].removeprefix(scope.get("root_path", "")).strip("/")
            query = _query(scope["query_string"])
            response = await to_thread.run_sync(answer, path, query, person_of(scope), limiter=self.at_once)
        if scope["method"] == "HEAD":
            response.body = b""
        await response(scope, receive, send)


def _query(sent: bytes) -> dict[str, str]:
    """Return the query of an address. A repeated key holds all its values."""
    query = QueryParams(sent.decode("utf-8", "replace"))
    return {name: ",".join(query.getlist(name)) for name in query}


def answer(path: str, query: dict[str, str], person: Person | None = None) -> Response:
    """Return what is at `path` below `/api/` for a page's query; `table` and `format` are parameters of the API.

    `person` has signed in, and gets what they may see.
    """
    lang = query.get("lang", "")
    words = read_words(lang if lang in languages() else languages()[0])
    if not path:
        return JSONResponse(index(), headers=NO_STORE)
    page, _, end = path.partition(".")
    name = named_format(page, query.pop("format", "") or end or "json")
    page, asked = renamed(page, query.pop("table", ""))
    table = named_table(page, asked)
    if isinstance(table, Problem):
        return _refused(table, words)
    if isinstance(name, Problem):
        return _refused(name, words)
    try:
        found = _found(page, table, query, words, person)
    except StoreError as error:
        return PlainTextResponse(sentence(error.problem, words), 503, NO_STORE)
    if found is None:
        return PlainTextResponse(words("shell.nothing_published"), 503, NO_STORE)
    return _refused(found, words) if isinstance(found, Problem) else _written(found, name, words)


def _found(
    page: str, table: str, query: dict[str, str], words: Words, person: Person | None
) -> FiguresTable | Problem | None:
    """Return the table as the page would show it, from the current publication, or masked while names are hidden."""
    published = sight.current(person)
    if published is None:
        return None
    if query.get(masking.ON) != "yes":
        return figures_of(published, page, table, query, date.today())
    copy, by_alias = masking.lent(published, query, words)
    return figures_of(copy.published, page, table, by_alias, date.today())


def _refused(problem: Problem, words: Words) -> Response:
    return PlainTextResponse(sentence(problem, words), STATUS.get(problem.kind, 404), NO_STORE)


def _written(found: FiguresTable, name: str, words: Words) -> Response:
    file = f"{'safe-' if found.masked else ''}{found.table}.{name}"
    headers = {**NO_STORE, "content-disposition": f'{"inline" if name == "json" else "attachment"}; filename="{file}"'}
    if name != "json":  # CSV has no place for units and meanings.
        headers["link"] = f'</api/{found.page}?table={found.table}>; rel="describedby"; type="application/json"'
    return Response(FORMATS[name].write(found, words), 200, headers, FORMATS[name].media_type)


def index() -> Mapping[str, object]:
    """Return every page with its tables, and what must be chosen before each has rows."""
    tables = {page: {name: list(needs) for name, needs in PAGES[page].tables.items()} for page in WITH_FIGURES}
    return {"formats": list(FORMATS), "pages": tables}
