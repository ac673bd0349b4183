"""Where is the store if nothing, or an empty name, says where it is?"""

from pathlib import Path

import pytest

from dashboard.store.disk import DEFAULT, is_named, may_be_filled, store_folder


@pytest.mark.parametrize("name", [None, ""])
def test_without_a_name_or_with_an_empty_one_it_is_the_default(
    name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DASHBOARD_STORE", raising=False)
    if name is not None:
        monkeypatch.setenv("DASHBOARD_STORE", name)
    assert store_folder() == DEFAULT
    assert not is_named()


def test_a_name_says_where_it_is_and_that_it_belongs_to_somebody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    assert store_folder() == tmp_path
    assert is_named()
    assert not may_be_filled(tmp_path)
