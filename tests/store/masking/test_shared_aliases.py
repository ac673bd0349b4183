"""Do all processes of a store hide everybody behind the same aliases, and each its own where none can be shared?"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dashboard.model.masking import Aliases
from dashboard.store.mask import FILE, shared_aliases

COUNTRIES = [f"c{n}" for n in range(30)]
CODES = {"country": COUNTRIES, "operation": [f"o{n}" for n in range(30)]}
LIES_IN = {f"o{n}": f"c{n}" for n in range(30)}


def numbers(store: Path, own: Aliases | None = None, more: tuple[str, ...] = ()) -> Aliases:
    """What another process gets, which may know of more countries."""
    return shared_aliases(store, own or Aliases(), CODES | {"country": [*more, *COUNTRIES]}, LIES_IN)


def test_whoever_comes_later_gets_the_same_and_so_does_whoever_came_first_of_what_is_new(tmp_path: Path) -> None:
    first = numbers(tmp_path)
    assert numbers(tmp_path) == first
    later = numbers(tmp_path, more=("new",))
    assert later.name("country", "new") == "AE"
    assert all(later.alias("country", code) == first.alias("country", code) for code in COUNTRIES)
    assert numbers(tmp_path, first, more=("newer", "new")).name("country", "new") == "AE"


def test_all_who_begin_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: numbers(tmp_path, more=(f"new{n}",)), range(24)))
    last = numbers(tmp_path)
    for n, one in enumerate(found):
        assert one.alias("country", f"new{n}") == last.alias("country", f"new{n}")
        assert all(one.alias("country", code) == last.alias("country", code) for code in COUNTRIES)
    assert len({last.alias("country", code) for code in last.numbers["country"]}) == 54


def test_where_nothing_can_be_written_a_process_keeps_its_own(tmp_path: Path) -> None:
    (tmp_path / FILE.parent).write_text("not a folder")
    own = numbers(tmp_path)
    assert numbers(tmp_path, own) == own
    assert numbers(tmp_path, own, more=("new",)).name("country", "new") == "AE"


def test_a_file_that_nobody_can_read_is_written_anew_with_what_the_process_has_given_out(tmp_path: Path) -> None:
    own = numbers(tmp_path)
    for damaged in ("", "[1]", '{"country": {"c1": "one"}}', '{"country": 3}'):
        (tmp_path / FILE).write_text(damaged)
        assert numbers(tmp_path, own) == own
        assert numbers(tmp_path) == own
