"""A provider of OpenID Connect on this machine that signs whatever it is told to; no certified one would."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY, ANOTHER = (RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"}) for _ in range(2))


class Crooked:
    """Its issuer, what it puts into the next token, how it signs it, and how often it was asked what."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.changed: dict[str, Any] = {}
        self.key = KEY
        self.algorithm = "RS256"
        self.nonce = ""
        self.is_broken = False
        self.asked: list[str] = []

    def answer(self, path: str) -> dict[str, Any]:
        """What is at an address."""
        if path == "/jwks":
            return {"keys": [KEY.as_dict(private=False)]}
        if path == "/token":
            return {"access_token": "opens-other-doors", "token_type": "Bearer", "id_token": self._token()}
        paths = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        return {
            "issuer": self.issuer, **{name: self.issuer + path for name, path in paths.items()},
            "end_session_endpoint": f"{self.issuer}/end", "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip

    def _token(self) -> str:
        now = int(time.time())
        whole = {"iss": self.issuer, "sub": "ama", "aud": "dashboard", "iat": now, "exp": now + 300}
        whole = whole | {"nonce": self.nonce} | self.changed
        held = {name: value for name, value in whole.items() if value is not None}
        if self.algorithm == "none":
            return jwt.encode({"alg": "none"}, held, KEY, algorithms=["none"])
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, held, self.key)


@contextmanager
def crooked() -> Iterator[Crooked]:
    """Run one until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(500 if provider.is_broken else 200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(provider.answer(self.path)).encode())

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Crooked(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
