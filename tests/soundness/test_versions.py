"""Is an answer ever compared with one to a different question? Some were, because only the round was considered."""

from datetime import date
from pathlib import Path

from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from tests.queries.toys import toys


def matched(store: Path) -> list[tuple[object, ...]]:
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return connection.execute(
            "SELECT country, criterion, n_matched, n_better FROM matched JOIN country USING (country_no) "
            "JOIN criterion USING (criterion_no) ORDER BY ALL"
        ).fetchall()


def test_in_one_round_one_answers_the_older_words_and_another_the_present_ones(
    tmp_path: Path, writer: Writer, today: date
) -> None:
    # The round said 1.0 for all of its answers, so a late answer to 1.2 was compared with the wrong ones.
    table = """
        | operation | criterion | R1 | R2 |
        | a-op | T3.1 | no | yes |
        | b-op | T3.1 | no | yes |
    """
    store, _ = toys(tmp_path, table, versions="toy=1.0", since="1.2")
    assert matched(store) == []
    late = tmp_path / "late.csv"
    late.write_text("round,operation,criterion,status,framework_version\nR1,b-op,T3.1,no,1.2\n")
    assert publish(Load(store, [late], writer, today)).problems == ()
    assert matched(store) == [("BBB", "T3.1", 1, 1)]


def test_a_round_that_is_said_to_be_older_later_on_does_not_move_the_answers_it_has(
    tmp_path: Path, writer: Writer, today: date
) -> None:
    # Answers do not change because a list does: they have to be imported with it.
    table = """
        | operation | criterion | R1 | R2 |
        | a-op | T3.1 | no | yes |
    """
    store, _ = toys(tmp_path, table, since="1.2")
    assert matched(store) == [("AAA", "T3.1", 1, 1)]
    rounds = tmp_path / "rounds.csv"
    rounds.write_text("round,title,starts_on,ends_on,versions\nR1,Round 1,2021-01-01,2021-03-31,toy=1.0\n")
    assert publish(Load(store, [rounds], writer, today)).problems == ()
    assert matched(store) == [("AAA", "T3.1", 1, 1)]
    assert publish(Load(store, [tmp_path / "answers.csv"], writer, today)).problems == ()
    assert matched(store) == []
