"""Is every session key declared once, with the fate it has?"""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from dashboard.model.view_state import FIELDS
from dashboard.ui import session_state
from dashboard.ui.frame import tour
from dashboard.ui.session_state import EDITED, KEYS, Fate, Key
from dashboard.ui.versions import masking
from tests.conftest import ROOT

SOURCE = ROOT / "src"
UI = SOURCE / "dashboard" / "ui"
DECLARED = Path(session_state.__file__)
MODULES = [path for path in sorted(UI.rglob("*.py")) if path != DECLARED]
TREES = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}
TYPED = {
    "edited", "plan_agreed",
    "writer", "trial_files", "trial_side", "collect_files", "mapping_said",
    "mapping_taken", "whatif_scenarios", "room_typed",
}  # fmt: skip
"""What somebody has typed, imported, tried or agreed, and cannot get back in another way."""
OF_ONE_WIDGET = "plan_text new CRBP-01.a gha-op"


def is_session(node: ast.AST) -> bool:
    of_module = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id
    return of_module == "st" and isinstance(node, ast.Attribute) and node.attr == "session_state"


def named(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that name a key where a node accesses the session without a declared key."""
    if isinstance(node, ast.Subscript) and is_session(node.value):
        yield node.slice
    elif isinstance(node, ast.Compare) and is_session(node.comparators[0]):
        yield node.left
    elif isinstance(node, ast.Attribute) and is_session(node.value) and node.attr not in dir(dict):
        yield ast.Constant(node.attr)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_session(node.func.value):
        yield from node.args[:1]


def texts(node: ast.expr, of_module: Mapping[str, Any]) -> list[str]:
    """Return the keys that an expression names, as far as they do not depend on what is drawn."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.Dict):
        return [text for key in node.keys if key is not None for text in texts(key, of_module)]
    found = of_module.get(node.id) if isinstance(node, ast.Name) else None
    return list(found) if isinstance(found, dict) else [found] if isinstance(found, str) else []


def spelled_out(path: Path) -> set[str]:
    """Return the keys that a module names itself."""
    of_module = vars(import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts)))
    return {text for node in ast.walk(TREES[path]) for key in named(node) for text in texts(key, of_module)}


def test_what_is_no_field_of_the_view_is_named_where_all_keys_are_declared() -> None:
    found = {str(path.relative_to(UI)): spelled_out(path) for path in MODULES}
    assert set().union(*found.values()) >= {"focus", "criterion", "safe", "imagined"}, "the code is read as it is"
    assert {path: keys - set(FIELDS) for path, keys in found.items() if keys - set(FIELDS)} == {}


def test_every_key_is_declared_under_its_own_name_and_used() -> None:
    declared = {name: key for name, key in vars(session_state).items() if isinstance(key, Key)}
    assert len(KEYS) == len(declared) > 60
    assert [name for name, key in declared.items() if name != key.name.upper()] == []
    assert not {key.name for key in KEYS} & set(FIELDS)
    used = {node.id for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used |= {node.attr for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert set(declared) - used == set()
    made = {path: tree for path, tree in TREES.items() if "Key(" in path.read_text("utf-8")}
    assert [str(path) for path, tree in made.items() if "Key(" in ast.unparse(tree)] == [], "declared here alone"


def test_every_key_of_a_widget_that_is_declared_is_drawn_by_its_declaration() -> None:
    names = {key.name for key in KEYS}
    keywords = (node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.keyword))
    spelled = {ast.unparse(word.value) for word in keywords if word.arg == "key"}
    assert not {text.strip("'\"") for text in spelled} & names


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return a session with a value under every key."""
    held: dict[str, Any] = {key.name: [key.name] for key in KEYS} | {OF_ONE_WIDGET: "typed"}
    held |= dict.fromkeys(FIELDS, "")
    monkeypatch.setattr(st, "session_state", held)
    return held


def keys_of(*fates: Fate) -> set[str]:
    return {key.name for key in KEYS if key.fate in fates}


def test_the_next_group_finds_what_is_of_the_run_and_of_the_presenter_and_nothing_else(session: dict[str, Any]) -> None:
    tour._clear()
    assert set(session) == set(FIELDS) | keys_of(Fate.OF_THE_RUN, Fate.OF_THE_PRESENTER)
    assert not keys_of(Fate.FORGOTTEN) & set(session)


def test_when_names_are_hidden_what_stays_says_so_and_nothing_else_does(session: dict[str, Any]) -> None:
    of_another = {"how_overview": True, "subject_told": "gha-op"}
    session |= of_another
    masking._forget()
    stays = {key.name for key in KEYS if key.stays}
    assert set(session) == set(FIELDS) | stays | {OF_ONE_WIDGET}
    assert stays >= TYPED, "what was typed is never lost by it"


def test_a_key_holds_one_value_in_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", held)
    assert EDITED.get() is None
    assert EDITED.pop() is None
    assert not EDITED.is_set()
    with pytest.raises(KeyError):
        EDITED.now()
    drafts = EDITED.setdefault({})
    assert held == {EDITED.name: {}}
    assert EDITED.setdefault({}) is drafts is EDITED.now() is EDITED.get({})
    EDITED.set({})
    assert EDITED.now() is not drafts
    assert EDITED.pop({}) == {}
    assert not held
