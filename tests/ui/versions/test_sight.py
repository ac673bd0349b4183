"""Does somebody who is responsible for one operation see nothing of the others: on no page, in no table, in no file?"""

import gc
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from weakref import WeakKeyDictionary
from zipfile import ZipFile, is_zipfile

import pytest

from dashboard.model.pages import PAGES
from dashboard.model.permissions import Grant, Person, Role, Scope, WantedToken
from dashboard.store.reader import Published
from dashboard.store.tokens import holder, make
from dashboard.tasks.figure_tables import WITH_FIGURES
from dashboard.ui import identity
from dashboard.ui.server.figures import answer
from dashboard.ui.session import reader
from dashboard.ui.versions import restricted_copy
from tests.canary import MARK, PLACED, names_of_others, publish_canary
from tests.conftest import MakeOnce
from tests.ui.conftest import OpenPage, Taken, nothing_failed, open_share, tells
from tests.ui.server.conftest import asks
from tests.ui.versions.test_masking import drawn
from tests.waiting import LONGEST

OWN = f"{MARK}-op-5"
AT = Scope("operation", OWN)
WHO = {
    "means": (Person("idp.example|1", "One", (Grant(Role.CONTRIBUTOR, AT),)), ""),
    "own": (Person("idp.example|2", "Two", (Grant(Role.REVIEWER, AT), Grant(Role.VIEWER, AT))), "1"),
}
"""By kind of sight: who, and whether the operator shows a role's own places only."""
ASKED = {"framework": "crbp"}
PNG = b"\x89PNG\r\n\x1a\n"
"""An address without anything would open one's own work instead of the first page."""
PARTS = ("plan/effects", "collect/own", "collect/owed", "collect/answer")
SHORT = ("heatmap", "country", "data/publications")
QUICK = [("means", "heatmap")]
REMAINING = [(kind, page) for kind in WHO for page in (*PAGES, *PARTS)]
each_page = pytest.mark.parametrize(
    ("kind", "name"),
    [*QUICK, *(pytest.param(*one, marks=pytest.mark.thorough) for one in REMAINING if one not in QUICK)],
)
FURTHER = [("own", {}), ("means", {"safe": "yes"}), ("own", {"safe": "yes"})]
TABLES = [(page, table) for page in WITH_FIGURES for table in PAGES[page].tables]
NEEDS = {
    "operation": OWN, "subject": f"{OWN},group.countries", "earlier": "2024", "criterion": "CRBP-01.b",
    "against": "cop-2014", "focus": "CRBP-01", "round": "2025", "framework": "crbp",
}  # fmt: skip


@pytest.fixture(scope="module")
def canary_folder(make_once: MakeOnce) -> Path:
    return make_once("canary", publish_canary)


@pytest.fixture(scope="module")
def others(canary_folder: Path) -> re.Pattern[str]:
    found = names_of_others(canary_folder / "data", OWN)
    assert found.search(f"of {MARK.title()}tel 3.")
    assert found.search(f"{MARK}-op-1")
    assert not found.search(OWN)
    return found


@pytest.fixture(autouse=True)
def canary(canary_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(canary_folder / "store"))


@pytest.fixture
def enters(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Person]:
    """Let somebody of one kind of sight sign in."""

    def enter(kind: str) -> Person:
        person, own_only = WHO[kind]
        monkeypatch.setattr(identity, "person", lambda: person)
        monkeypatch.setenv(restricted_copy.OWN_ONLY, own_only)
        return person

    return enter


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the data of each part of a PNG file."""
    at = len(PNG)
    while at < len(png):
        ends = at + 8 + int.from_bytes(png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : ends]
        at = ends + 4


def plain(content: bytes) -> str:
    """Return everything in a file as text, also what is packed, without pixels, which spell three letters by chance."""
    if content.startswith(PNG):
        return b" ".join(data for kind, data in chunks(content) if kind != b"IDAT").decode("utf-8", "replace")
    if not is_zipfile(BytesIO(content)):
        return content.decode("utf-8", "replace")
    with ZipFile(BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def found_in(others: re.Pattern[str], text: str) -> list[str]:
    return [text[max(0, one.start() - 80) : one.end() + 40] for one in others.finditer(text)][:3]


@pytest.mark.parametrize(("kind", "name"), [([*WHO][n % 2], name) for n, name in enumerate((*PAGES, *PARTS))])
def test_a_page_holds_nothing_of_others(
    kind: str, name: str, page: OpenPage, others: re.Pattern[str], enters: Callable[[str], Person]
) -> None:
    """Every page for one kind of sight; for both and with *Share* below."""
    enters(kind)
    app = page(name, ASKED)
    nothing_failed(app)
    assert not found_in(others, drawn(app))
    if name in SHORT:
        assert not found_in(others, drawn(open_share(app)))


@pytest.mark.outside
@each_page
def test_no_page_and_no_file_that_share_gives_holds_anything_of_others(
    kind: str, name: str, page: OpenPage, taken: Taken, others: re.Pattern[str], enters: Callable[[str], Person]
) -> None:
    enters(kind)
    app = page(name, ASKED)
    nothing_failed(app)
    assert not found_in(others, drawn(app))
    assert not found_in(others, drawn(open_share(app)))
    for file, draw in taken.items():
        assert not found_in(others, plain(draw())), file


@pytest.mark.thorough
@pytest.mark.parametrize("name", SHORT)
def test_whoever_has_a_role_in_the_group_sees_others(
    name: str, page: OpenPage, others: re.Pattern[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person("idp.example|3", "Three", (Grant(Role.STEWARD),))
    monkeypatch.setattr(identity, "person", lambda: person)
    assert found_in(others, drawn(page(name)))


@pytest.mark.parametrize(
    ("kind", "more"), [("means", {}), *(pytest.param(*one, marks=pytest.mark.thorough) for one in FURTHER)]
)
def test_no_table_for_other_tools_holds_anything_of_others(
    kind: str, more: dict[str, str], others: re.Pattern[str], enters: Callable[[str], Person]
) -> None:
    person, with_rows = enters(kind), 0
    for page, table in TABLES:
        got = asks(answer(f"{page}.csv", {**NEEDS, **more, "table": table}, person))
        text = got.text
        # Without an outside figure, which is in a shared list.
        assert got.status == 400 if table == "quadrant" and not more.get("safe") else got.status in (200, 403), text
        with_rows += text.count("\n") > 1
        assert not found_in(others, text), (page, table)
    assert with_rows > len(TABLES) / 2, "most tables have rows"
    workbook = asks(answer("heatmap.xlsx", dict(NEEDS), person))
    assert (workbook.status, found_in(others, plain(workbook.body))) == (200, [])


@pytest.mark.parametrize("kind", WHO)
def test_pages_of_a_table_hold_nothing_of_others(
    kind: str, others: re.Pattern[str], enters: Callable[[str], Person]
) -> None:
    person, rows, query = enters(kind), [], {"round": "2025", "framework": "crbp", "kind": "respect"}
    whole = json.loads(asks(answer("country", dict(query), person)).text)
    while query:
        got = asks(answer("country", query, person, most=7))
        assert not found_in(others, got.text)
        page = json.loads(got.text)
        rows += page["rows"]
        query = dict(parse_qsl(urlsplit(page["next"] or "").query))
    assert rows == whole["rows"]
    assert len(rows) > 7


@pytest.mark.parametrize("kind", WHO)
@pytest.mark.parametrize("name", ["country", "operation", "subject", "action"])
def test_no_refusal_names_others(
    name: str, kind: str, others: re.Pattern[str], enters: Callable[[str], Person]
) -> None:
    for wrong in (f"{MARK}-op-1", "zzz"):
        got = asks(answer("heatmap", {name: wrong}, enters(kind)))
        assert got.status == 400
        assert not found_in(others, got.text.replace(f"“{wrong}”", ""))


def test_rows_kept_open_show_each_person_only_their_own(enters: Callable[[str], Person]) -> None:
    published = reader().current()
    assert published is not None
    restricted_copy.keep(published)
    whole = restricted_copy.kept_open(str(published.revision.number), None)
    assert whole is published
    own = restricted_copy.kept_open(str(published.revision.number), enters("own"))
    assert own is not None
    assert own.partial


def test_a_token_reads_nothing_of_others_and_stands_in_no_table(
    others: re.Pattern[str], enters: Callable[[str], Person], canary_folder: Path, tmp_path: Path
) -> None:
    maker, countries = enters("own"), {OWN: PLACED[0], f"{MARK}-op-3": PLACED[0]}
    wanted = WantedToken("report", (Grant(Role.VIEWER, Scope("operation", f"{MARK}-op-3")),))
    assert make(tmp_path, wanted, maker, countries, 1.0)[1][0].kind == "token_beyond"
    text, problems = make(tmp_path, WantedToken("report", (Grant(Role.VIEWER, AT),)), maker, countries, 1.0)
    assert not problems
    program = holder(tmp_path, text, 2.0)
    assert program is not None
    for page, table in TABLES[:: max(1, len(TABLES) // 8)]:
        content = asks(answer(f"{page}.csv", {**NEEDS, "table": table}, program)).text
        assert not found_in(others, content), (page, table)
        assert text not in content
    read = asks(answer("heatmap.csv", dict(NEEDS), program))
    assert (read.status, MARK in read.text.lower()) == (200, True), "their own is read"


def test_the_rest_of_the_group_is_one_country_that_says_so(page: OpenPage, enters: Callable[[str], Person]) -> None:
    enters("means")
    app = page("heatmap")
    assert tells(app, "sight.means")
    assert "Rest of the group" in drawn(app)
    enters("own")
    app = page("heatmap")
    assert tells(app, "sight.own")
    assert "Rest of the group" not in drawn(app)


def test_names_can_be_hidden_from_what_is_seen(
    page: OpenPage, others: re.Pattern[str], enters: Callable[[str], Person]
) -> None:
    enters("means")
    app = page("heatmap", {"safe": "yes"})
    nothing_failed(app)
    assert MARK not in drawn(app).lower()


def test_a_link_to_others_leads_nowhere(
    page: OpenPage, others: re.Pattern[str], enters: Callable[[str], Person]
) -> None:
    enters("means")
    app = page("country/answers", {"operation": f"{MARK}-op-3", "round": "2024"})
    nothing_failed(app)
    assert app.query_params.get("operation") in (None, [], OWN)
    # The link itself is repeated, and nothing that it would lead to.
    assert set(re.findall(rf"{MARK}tel \d+", drawn(app).lower())) <= {f"{MARK}tel 5"}


def test_without_any_role_there_is_nothing_to_see(page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = Person("idp.example|9", "Nine")
    monkeypatch.setattr(identity, "person", lambda: nobody)
    app = page("heatmap")
    assert tells(app, "problem.nothing_granted")
    assert not re.search(MARK, drawn(app), re.I)
    assert answer("heatmap", {}, nobody).status_code == 503


def test_copies_are_shared_by_those_who_may_see_the_same_and_only_a_few_are_kept(
    monkeypatch: pytest.MonkeyPatch, canary_folder: Path
) -> None:
    monkeypatch.setattr(restricted_copy, "MOST_COPIES", 1)
    keeper = restricted_copy._Keeper()
    monkeypatch.setattr(restricted_copy, "_keeper", lambda _: keeper)
    at = [Scope("operation", f"{MARK}-op-{number}") for number in (5, 6)]
    one, same = (Person(str(n), "", (Grant(role, at[0]),)) for n, role in enumerate((Role.VIEWER, Role.REVIEWER)))
    first = restricted_copy.current(one)
    assert first is restricted_copy.current(same)
    assert first is not None
    second = restricted_copy.current(Person("3", "", (Grant(Role.VIEWER, at[1]),)))
    assert second is not None
    assert second is not first
    # The first is no longer kept, but is still read here: however many people read, nobody is refused.
    assert restricted_copy.current(same) is first
    gone = WeakKeyDictionary({first: None})
    del first
    restricted_copy.current(Person("3", "", (Grant(Role.VIEWER, at[1]),)))
    gc.collect()
    assert not gone


def test_nobody_waits_for_the_copy_of_somebody_else(monkeypatch: pytest.MonkeyPatch, canary_folder: Path) -> None:
    keeper = restricted_copy._Keeper()
    monkeypatch.setattr(restricted_copy, "_keeper", lambda _: keeper)
    at = [Scope("operation", f"{MARK}-op-{number}") for number in (5, 6)]
    one, other = (Person(place.code, "", (Grant(Role.VIEWER, place),)) for place in at)
    read, make, meanwhile = restricted_copy.current(other), restricted_copy._made, list[object]()

    def made(*given: Any) -> Published:
        # Not awaited at the end of a block: it would wait for this copy for ever if it had to wait at all.
        meanwhile.append(ThreadPoolExecutor(1).submit(restricted_copy.current, other).result(LONGEST))
        return make(*given)

    monkeypatch.setattr(restricted_copy, "_made", made)
    assert restricted_copy.current(one) is not read
    assert meanwhile == [read]


def test_only_the_door_reaches_the_reader() -> None:
    """What reads a publication without asking who looks at it shows everybody everything."""
    root = Path(restricted_copy.__file__).parents[1]
    direct = {
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        if re.search(r"session import [^\n]*\breader\b|session\.reader|\bReader\(", file.read_text("utf-8"))
    }
    assert direct == {"versions/restricted_copy.py", "session.py"}


def test_without_sign_in_nothing_is_copied(page: OpenPage) -> None:
    published = restricted_copy.current(None)
    assert published is not None
    assert restricted_copy.seen(published) is published
    assert published is reader().current()
