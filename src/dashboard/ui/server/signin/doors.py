"""Which middleware lets people in, given how they sign in here?"""

from starlette.middleware import Middleware

from dashboard.ui.server.signin.door import SignIn
from dashboard.ui.server.signin.proxied import Proxied
from dashboard.ui.ways_in import Provider, way_in


def signed_in() -> list[Middleware]:
    """Return it, or nothing where nobody signs in."""
    way = way_in()
    if way is None:
        return []
    return [Middleware(SignIn, provider=way) if isinstance(way, Provider) else Middleware(Proxied, proxy=way)]
