"""Is every archive refused that is not exactly what was signed, with one sentence, and before anything is written?"""

import json
import stat
import warnings
from pathlib import Path
from zipfile import ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.loading.apart.limits import impose, limits_of_process
from dashboard.loading.archive.keys import fingerprint, public_text
from dashboard.loading.archive.unpack import MOST_MEMBERS, Archive, unpack
from dashboard.model.archive import ABOUT, DIGESTS, PUBLIC_KEY, SIGNATURE
from dashboard.model.limits import Limits
from dashboard.model.problem import Problem, sentence
from dashboard.model.words import Words
from tests.archives import KEY, OTHER, Members, made, members, signed, zipped
from tests.conftest import MakeOnce

ANSWERS = "data/answers.csv"


@pytest.fixture(scope="module")
def honest(make_once: MakeOnce, tiny_store: Path) -> bytes:
    folder = make_once("archive", lambda folder: _write(folder / "tiny.zip", made(tiny_store).content))
    return (folder / "tiny.zip").read_bytes()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@pytest.fixture
def opened(tmp_path: Path) -> "Opened":
    return Opened(tmp_path)


class Opened:
    """Opens archives in a folder, and sees whether anything was written."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.into = folder, folder / "into"

    def __call__(self, content: bytes) -> Archive | Problem:
        path = self.folder / "sent.zip"
        path.write_bytes(content)
        found = unpack(path, path.name, self.into)
        assert isinstance(found, Archive) == self.into.exists()
        return found

    def kind(self, found: Members) -> str:
        problem = self(zipped(found))
        assert isinstance(problem, Problem)
        return problem.kind


def test_an_archive_says_what_it_is_and_unpacks_to_what_was_signed(opened: Opened, honest: bytes) -> None:
    found = opened(honest)
    assert isinstance(found, Archive)
    assert found.fingerprint == fingerprint(KEY.public_key())
    assert found.about.publication == 1
    written = {path.relative_to(opened.into).as_posix(): path.read_bytes() for path in opened.into.rglob("*.*")}
    assert written == {name: content for name, content in members(honest).items() if name in found.files}


@pytest.mark.parametrize("name", [ANSWERS, ABOUT, "datapackage.json", "frameworks/toy/framework.yaml"])
def test_a_changed_file_is_named(opened: Opened, honest: bytes, name: str) -> None:
    files = members(honest)
    changed = files | {name: files[name].replace(b"a", b"b", 1)}
    assert changed != files
    problem = opened(zipped(list(changed.items())))
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.value) == ("archive_changed", name)


@pytest.mark.parametrize("name", [ANSWERS, ABOUT, DIGESTS, SIGNATURE, PUBLIC_KEY])
def test_a_missing_file_is_named(opened: Opened, honest: bytes, name: str) -> None:
    problem = opened(zipped([(one, content) for one, content in members(honest).items() if one != name]))
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.value) == ("archive_missing", name)


def test_a_file_that_nobody_signed_is_named(opened: Opened, honest: bytes) -> None:
    assert opened.kind([*members(honest).items(), ("data/more.csv", b"")]) == "archive_extra"


def test_digests_of_other_files_need_a_signature_over_them(opened: Opened, honest: bytes) -> None:
    files = members(honest)
    forged = dict(signed(files | {ANSWERS: files[ANSWERS] + b"x"}, OTHER))
    # True digests, with the signature of the sender over others.
    assert opened.kind([*(forged | {SIGNATURE: files[SIGNATURE], PUBLIC_KEY: files[PUBLIC_KEY]}).items()]) == (
        "archive_signature"
    )
    # True digests and signature, of another key.
    assert opened.kind([*(forged | {PUBLIC_KEY: files[PUBLIC_KEY]}).items()]) == "archive_signature"
    assert opened.kind([*(files | {PUBLIC_KEY: public_text(OTHER.public_key())}).items()]) == "archive_signature"
    assert opened.kind([*(files | {PUBLIC_KEY: b"no key"}).items()]) == "archive_signature"
    assert opened.kind([*(files | {SIGNATURE: files[SIGNATURE][:-1]}).items()]) == "archive_signature"
    # Somebody else's archive is sound; whose it is, its fingerprint says.
    found = opened(zipped(list(forged.items())))
    assert isinstance(found, Archive)
    assert found.fingerprint == fingerprint(OTHER.public_key()) != fingerprint(KEY.public_key())


@pytest.mark.parametrize(
    "name", ["../out.csv", "/out.csv", "data/../../out.csv", "data\\out.csv", "c:out.csv", "data/", ".x"]
)
def test_no_name_leads_out_of_the_folder_even_if_it_is_signed(opened: Opened, honest: bytes, name: str) -> None:
    before = sorted(opened.folder.parent.rglob("out.csv"))
    member = ZipInfo("x")
    member.filename = name
    assert opened.kind([*signed(members(honest)), (member, b"x")]) == "archive_member"
    assert sorted(opened.folder.parent.rglob("out.csv")) == before


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO])
def test_no_member_is_anything_but_a_plain_file(opened: Opened, honest: bytes, kind: int) -> None:
    link = ZipInfo("data/link.csv")
    link.external_attr = (kind | 0o644) << 16
    files = members(honest) | {"data/link.csv": b"/etc/passwd"}
    found: Members = [(link if name == "data/link.csv" else name, content) for name, content in signed(files)]
    assert opened.kind(found) == "archive_member"


def test_no_name_occurs_twice(opened: Opened, honest: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert opened.kind([(ANSWERS, b"round"), *members(honest).items()]) == "archive_twice"
    assert opened.kind(signed(members(honest) | {ANSWERS.upper(): b"round"})) == "archive_twice"


def test_no_more_is_unpacked_than_may_be_read(opened: Opened, honest: bytes) -> None:
    before = limits_of_process()
    bomb = signed(members(honest) | {"data/zeros.csv": bytes(30_000_000)})
    assert len(zipped(bomb)) < 200_000
    try:
        impose(Limits(size=20_000_000))
        assert opened.kind(bomb) == "too_much_inside"
    finally:
        impose(before)
    many = {f"data/f{number}.csv": b"" for number in range(MOST_MEMBERS)}
    assert opened.kind(signed(members(honest) | many)) == "archive_members"


def test_an_archive_of_a_later_format_says_so_and_one_of_none_too(opened: Opened, honest: bytes) -> None:
    files = members(honest)
    about = json.loads(files[ABOUT])
    later = json.dumps(about | {"version": 2, "more": "unknown"}).encode()
    assert opened.kind(signed(files | {ABOUT: later})) == "archive_newer"
    for other in ({"version": 0.5}, {"format": "other"}, {"more": 1}):
        assert opened.kind(signed(files | {ABOUT: json.dumps(about | other).encode()})) == "no_archive"
    assert opened.kind(signed(files | {ABOUT: b"{"})) == "no_archive"
    assert opened.kind([("readme.txt", b"hello")]) == "no_archive"
    assert opened.kind([*(files | {DIGESTS: b"x", SIGNATURE: KEY.sign(b"x")}).items()]) == "no_archive"


@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_changes_nothing_that_was_signed(
    tmp_path_factory: pytest.TempPathFactory, honest: bytes, share: float, bit: int
) -> None:
    place = int(share * len(honest))
    flipped = bytearray(honest)
    flipped[place] ^= 1 << bit
    _refused_or_the_same(tmp_path_factory, honest, bytes(flipped))


@pytest.mark.thorough
def test_every_byte_of_what_holds_an_archive_together_may_be_flipped(
    tmp_path_factory: pytest.TempPathFactory, honest: bytes
) -> None:
    """The directory of the archive, which no digest covers, byte by byte."""
    for place in range(honest.index(b"PK\x01\x02"), len(honest), 3):
        flipped = bytearray(honest)
        flipped[place] ^= 0xFF
        _refused_or_the_same(tmp_path_factory, honest, bytes(flipped))


@given(share=st.floats(0, 1, exclude_max=True))
def test_a_truncated_archive_is_refused(
    tmp_path_factory: pytest.TempPathFactory, honest: bytes, words: Words, share: float
) -> None:
    opened = Opened(tmp_path_factory.mktemp("cut"))
    problem = opened(honest[: int(share * len(honest))])
    assert isinstance(problem, Problem)
    assert sentence(problem, words)


def _refused_or_the_same(factory: pytest.TempPathFactory, honest: bytes, content: bytes) -> None:
    opened = Opened(factory.mktemp("flipped"))
    found = opened(content)
    if isinstance(found, Archive):
        signed_files = {name: data for name, data in members(honest).items() if name in found.files}
        assert {name: (opened.into / name).read_bytes() for name in found.files} == signed_files
        assert found.fingerprint == fingerprint(KEY.public_key())
