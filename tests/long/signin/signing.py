"""How do people of a trial sign in? Servers that believe the cookie of a provider, and that cookie."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.servers import STREAMLIT, free_port, started

ISSUER, SECRET, CLIENT = "id.example.org", "a secret of thirty-two characters", "dashboard"


@contextmanager
def signing_in(folder: Path, store: Path, n: int = 1, public: str = "") -> Iterator[list[str]]:
    """Processes on one store, to which people come with the cookie of a provider; yields their addresses.

    `public` is the address of a proxy in front, at which people use them.
    """
    ports = [free_port() for _ in range(n)]
    environment = {"DASHBOARD_STORE": str(store), "DASHBOARD_PUBLIC_NAMES": public}
    with ExitStack() as stack:
        for port in ports:
            secrets, at = folder / f"{port}.toml", public or f"localhost:{port}"
            secrets.write_text(
                f'[auth]\nredirect_uri = "http://{at}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
                f'client_id = "{CLIENT}"\nclient_secret = "of this trial alone"\n'
                f'server_metadata_url = "https://{ISSUER}/.well-known/openid-configuration"\n'
            )
            command = ("app.py", "--server.address", "127.0.0.1", "--server.port", str(port))
            stack.enter_context(started(*STREAMLIT, *command, "--secrets.files", str(secrets), **environment))
        yield [f"localhost:{port}" for port in ports]


def cookie(name: str, role: str, address: str) -> str:
    """The header of a browser once a provider has confirmed somebody with a role, as Streamlit sets its cookie."""
    now = int(time.time())
    held = {
        "iss": f"https://{ISSUER}", "sub": name, "aud": CLIENT, "iat": now, "exp": now + 3600, "roles": [role],
        "origin": f"http://{address}", "is_logged_in": True, "provider": "default",
    }  # fmt: skip
    return f"_streamlit_user={create_signed_value(SECRET, '_streamlit_user', json.dumps(held)).decode()}"
