"""How does a browser store what it should keep? It requests an address, and the answer sets the cookie of its views.

Browsers keep a cookie from an answer for as long as it says, but some delete those written by scripts within days. The
name in the address is known only to the page of one session and works once, so no other site can store anything.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.loading.files.words_file import read_words
from dashboard.model.present.browser_views import changed, read, written
from dashboard.ui.browser_views import COOKIE, WAITING

YEAR = 365 * 24 * 60 * 60


async def _keep(request: Request) -> Response:
    """Apply the change to what this browser keeps now: another tab may have added to it."""
    change = WAITING.take(request.path_params["name"])
    if change is None:
        return PlainTextResponse(read_words()("door.nothing_here"), 404)
    before, _ = read(request.cookies.get(COOKIE, ""))
    views = changed(before, change)
    value = written(views)
    if value is None:
        return PlainTextResponse(read_words()("door.too_much"), 409)
    answer = Response(status_code=204, headers={"cache-control": "no-store"})
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, value, YEAR if views else 0, httponly=True, samesite="lax", secure=secure)
    return answer


ROUTES = [Route("/keep/{name}", _keep, methods=["POST"])]
