"""A browser asks for what it is to keep: the answer writes the cookie of its views.

Browsers keep a cookie of an answer as long as it says; one that a script has written some delete within days. The name
in the address is known to the page of one session and opens once, so no page of another server can have anything kept.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.loading.files.words_file import read_words
from dashboard.model.present.browser_views import changed, read, written
from dashboard.ui.browser_views import COOKIE, WAITING

YEAR = 365 * 24 * 60 * 60


async def _keep(request: Request) -> Response:
    """Put the change to what this browser keeps by now: another tab may have added to it."""
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
