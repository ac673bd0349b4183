"""Does Streamlit still have what we use of its inside? If one fails after an upgrade, mend `ui/runtime.py`."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from streamlit.components.v2.manifest_scanner import scan_component_manifests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from tests.conftest import ROOT

ALLOWED = ("streamlit.runtime", "streamlit.runtime.scriptrunner", "streamlit.proto.BackMsg_pb2")
PUBLIC = ("streamlit.delta_generator", "streamlit.testing.v1", "streamlit.components.v2.types")
"""A type, what simulates a browser, and another type."""
SIGN_IN = ("ui/server/signin/", "ui/identity.py")


def below_the_surface(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit."):
            yield node.module or ""
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.startswith("streamlit."))


def test_streamlits_inside_is_used_in_one_file_and_for_sign_in() -> None:
    source = ROOT / "src" / "dashboard"
    found = {path.relative_to(source).as_posix(): set(below_the_surface(path)) for path in source.rglob("*.py")}
    assert found.pop("ui/runtime.py") == set(ALLOWED)
    others = {name: more for name, modules in found.items() if (more := modules - set(PUBLIC))}
    assert {name for name in others if not name.startswith(SIGN_IN)} == set(), "use `ui/runtime.py`, or do without"


def test_the_manager_of_uploads_still_counts_them_by_session() -> None:
    """If it no longer has this, `uploads_held` finds another place, or uploads are limited by a proxy alone."""
    assert MemoryUploadedFileManager("/upload").file_storage == {}
    assert callable(Runtime.is_active_session)


def test_the_storage_of_sessions_still_expires() -> None:
    """If it no longer has this, `forget_ended_sessions` may go if Streamlit itself forgets them, and else says so."""
    assert list(MemorySessionStorage(ttl_seconds=1)._cache.expire()) == []  # type: ignore[attr-defined]


def test_a_run_still_knows_its_user_and_whether_back_led_to_it() -> None:
    """If it no longer has this, `st.user` tells the first, and a tour goes back by its own button."""
    assert {"user_info", "is_history_navigation"} <= {one.name for one in fields(ScriptRunContext)}


def test_a_message_still_names_the_file_and_the_session_it_asks_for() -> None:
    """If it no longer has this, files made on request are to be made before the page is sent, as all others are."""
    asked = BackMsg().backend_operation_request
    asked.session_id, asked.deferred_file.file_id = "a", "b"
    assert BackMsg.FromString(BackMsg(backend_operation_request=asked).SerializeToString())


def test_the_component_is_found_by_the_name_of_the_distribution() -> None:
    """If Streamlit looks for components elsewhere, `src/child_rights_dashboard/` moves there."""
    (found,) = [one for one in scan_component_manifests() if one[0].name == "child-rights-dashboard"]
    manifest, folder = found
    assert manifest.version == tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert [one.name for one in manifest.components] == ["page"]
    assert (folder / "page" / "page.js").is_file()
