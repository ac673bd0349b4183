"""What do browser tests of sign-in share? A certified provider on this machine, and a server that asks it."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_of
from tests.servers import STREAMLIT, free_port, started

SOURCE = ROOT / "tests" / "provider"
SECRET = "shared with the provider of these tests"  # noqa: S105
LONGEST = 300
"""Seconds for installing the provider; without a network, npm tries for long."""
MISSING = "browser tests of sign-in need a provider: "


@dataclass(frozen=True)
class Signing:
    """A server at which people sign in, and its provider."""

    address: str
    provider: str


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the provider, with its packages as they are locked."""
    folder = tmp_path_factory.mktemp("provider")
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip(f"{MISSING}apt-get install nodejs npm")
    for file in SOURCE.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    command = [npm, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--omit=dev"]
    try:
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=LONGEST)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"{MISSING}npm ci failed: {str(error.stderr or error).strip()[-200:]}")
    return folder


@contextmanager
def provided(installed: Path, port: int) -> Iterator[str]:
    """Run the provider for a dashboard on a port until the block ends; yields its issuer."""
    own = free_port()
    command = ["node", "provider.mjs", str(own), f"http://localhost:{port}/oauth2callback", SECRET]
    with subprocess.Popen(
        command, cwd=installed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert "Listening" in process.stdout.readline()
            yield f"http://127.0.0.1:{own}"
        finally:
            process.terminate()


def write_secrets(file: Path, port: int, issuer: str) -> Path:
    """Write the configuration of sign-in as an administrator would."""
    lines = {
        "redirect_uri": f"http://localhost:{port}/oauth2callback",
        "cookie_secret": "of these tests alone, and long enough",
        "client_id": "dashboard",
        "client_secret": SECRET,
        "server_metadata_url": f"{issuer}/.well-known/openid-configuration",
    }
    text = "".join(f'{name} = "{value}"\n' for name, value in lines.items())
    file.write_text(f'[auth]\n{text}client_kwargs = {{ prompt = "" }}\n', "utf-8")
    return file


@pytest.fixture(scope="session")
def signing(installed: Path, sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signing]:
    """A server at which people sign in; sessions that end are noted in its own store."""
    port, folder = free_port(), tmp_path_factory.mktemp("signing")
    store = copy_of(sample_store, folder / "store")
    with provided(installed, port) as issuer:
        secrets = write_secrets(folder / "secrets.toml", port, issuer)
        environment = {"DASHBOARD_STORE": str(store), "STREAMLIT_SECRETS_FILES": str(secrets)}
        with started(*STREAMLIT, "app.py", "--server.port", str(port), **environment):
            yield Signing(f"http://localhost:{port}", issuer)
