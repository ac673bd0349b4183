"""Do Dockerfile, compose.yaml and the configuration of the proxy name what the program and each other have?

Building the image needs base images and packages; what is checked here is what would break it without a word.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard.commands.serving import serve_command
from dashboard.tasks.server import SECRETS_FILES
from dashboard.ui.server.signin.door import HEALTH
from tests.conftest import ROOT
from tests.make_lock import FOR_TESTS

PROGRAM = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
APPS = {name: one for name, one in COMPOSE["services"].items() if name != "proxy"}
PROXY = COMPOSE["services"]["proxy"]
BESIDE = "deploy/compose"


def _instructions() -> Iterator[tuple[str, str]]:
    lines = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest


DOCKERFILE = list(_instructions())
FINAL = DOCKERFILE[max(place for place, (word, _) in enumerate(DOCKERFILE) if word == "FROM") :]
ENV = dict(pair.split("=", 1) for word, rest in FINAL if word == "ENV" for pair in rest.split())


def only(word: str) -> str:
    (found,) = [rest for one, rest in FINAL if one == word]
    return found


def test_what_is_copied_exists_and_is_not_ignored() -> None:
    sources = [
        name for word, rest in DOCKERFILE if word == "COPY" and "--from" not in rest for name in rest.split()[:-1]
    ]
    assert {"requirements.lock", "src", "setup.py"} <= set(sources)
    assert [name for name in sources if not (ROOT / name).exists()] == []
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert let_in == set(sources)


def test_only_what_is_locked_is_installed_with_its_hashes() -> None:
    installs = [rest for word, rest in DOCKERFILE if word == "RUN" and "$PIP install" in rest]
    locked, ours = installs
    assert "--require-hashes --only-binary :all: --requirement run.lock" in locked
    cut = re.findall(r"sed '/(.+)/,\$d' requirements.lock > run.lock", locked)
    assert len(cut) == 1
    assert cut[0] in FOR_TESTS
    assert (ROOT / "requirements.lock").read_text("utf-8").count(cut[0]) == 1
    assert "--no-deps --no-build-isolation ." in ours


def test_the_image_holds_no_more_than_python_and_is_not_run_by_root() -> None:
    assert re.findall(r"install --yes --no-install-recommends ([\w -]+?) &&", only("RUN")) == ["python3"]
    assert only("USER") == re.findall(r"useradd --uid (\d+)", only("RUN"))[0] != "0"
    assert f"--owner dashboard {only('VOLUME')}" in only("RUN")


def test_the_image_serves_and_is_asked_for_its_health_where_the_server_answers() -> None:
    port = only("EXPOSE")
    assert f"http://127.0.0.1:{port}{HEALTH}'" in only("HEALTHCHECK")
    program, command, *options = re.findall(r'"([^"]+)"', only("CMD"))
    assert (program, command, options) == ("dashboard", serve_command.name, ["--port", port])
    # A folder in the volume, so that an upgrade can exchange it.
    assert only("VOLUME") == str(Path(ENV["DASHBOARD_STORE"]).parent)


def test_every_variable_is_one_that_the_program_reads() -> None:
    given = {*ENV, *(name for app in APPS.values() for name in app["environment"])}
    ours = {name for name in given if name.startswith(("DASHBOARD_", "STREAMLIT_"))}
    assert {"DASHBOARD_STORE", "DASHBOARD_PUBLIC_NAMES"} <= ours
    assert [name for name in ours if f'"{name}"' not in PROGRAM] == []


@pytest.mark.parametrize("name", APPS)
def test_a_process_writes_into_the_store_and_into_memory_alone(name: str) -> None:
    app = APPS[name]
    assert app["read_only"] is True
    assert app["cap_drop"] == ["ALL"]
    assert app["security_opt"] == ["no-new-privileges:true"]
    assert app["volumes"] == [f"store:{only('VOLUME')}"]
    assert [place.split(":")[0] for place in app["tmpfs"]] == ["/tmp"]  # noqa: S108
    assert "ports" not in app, "only the proxy is reached from outside"


def test_all_processes_are_alike_and_the_proxy_knows_each_and_waits_for_it() -> None:
    assert len(APPS) > 1
    assert len({str(app) for app in APPS.values()}) == 1
    assert PROXY["depends_on"] == {name: {"condition": "service_healthy"} for name in APPS}
    servers = re.findall(r"^server (\S+)", (ROOT / BESIDE / "upstream.conf").read_text("utf-8"), re.MULTILINE)
    assert servers == [f"{name}:{only('EXPOSE')}" for name in APPS]


def test_secrets_are_files_and_each_is_used_where_it_stands() -> None:
    used = [name for one in COMPOSE["services"].values() for name in one["secrets"]]
    assert set(used) == COMPOSE["secrets"].keys()
    assert all(set(one) == {"file"} for one in COMPOSE["secrets"].values())
    listen = (ROOT / BESIDE / "listen.conf").read_text("utf-8")
    assert re.findall(r"/run/secrets/(\w+);", listen) == PROXY["secrets"]
    for app in APPS.values():
        assert app["environment"][SECRETS_FILES] == f"/run/secrets/{app['secrets'][0]}"
        assert app["secrets"][0].endswith(".toml"), "Streamlit reads no other"
    folders = {Path(one["file"]).parent.as_posix() for one in COMPOSE["secrets"].values()}
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {f"{folder}/" for folder in folders} <= set(ignored)


def test_the_proxy_reads_the_one_configuration_and_what_it_includes() -> None:
    mounted = dict(volume.removesuffix(":ro").split(":") for volume in PROXY["volumes"])
    assert [name for name in mounted if not (ROOT / name).is_file()] == []
    assert mounted["./deploy/nginx.conf"].startswith("/etc/nginx/conf.d/")
    included = re.findall(r"^\s*include ([\w.]+);", (ROOT / "deploy/nginx.conf").read_text("utf-8"), re.MULTILINE)
    assert {f"/etc/nginx/{name}" for name in included} == {*mounted.values()} - {mounted["./deploy/nginx.conf"]}
