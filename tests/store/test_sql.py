"""Is what runs the text of the file?"""

import duckdb
import pytest

from dashboard.store import sql as static


def test_a_text_that_changes_under_its_name_is_parsed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = iter(("CREATE TABLE one (x INTEGER)", "CREATE TABLE two (x INTEGER); CREATE TABLE three (x INTEGER)"))
    monkeypatch.setattr(static, "sql", lambda _name: next(texts))
    with duckdb.connect() as connection:
        static.run(connection, "any")
        static.run(connection, "any")
        made = connection.execute("SELECT table_name FROM information_schema.tables ORDER BY ALL").fetchall()
    assert made == [("one",), ("three",), ("two",)]
