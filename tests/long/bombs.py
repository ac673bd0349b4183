"""Does a file made to exhaust the server end in a sentence, within its limits, without leaving anything behind?"""

import logging
import os
import re
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from pyarrow import parquet

from dashboard.loading.mapping.guess import KnownWords
from dashboard.loading.sandbox import ENDED, log, read_apart
from dashboard.loading.sandbox_process import resident
from dashboard.loading.yaml_file import read_words
from dashboard.model.problem import COMMAND, MB, PAGE, Limits, Problem, sentence
from dashboard.store.locking import Writer
from dashboard.store.published_codes import names_of
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader
from dashboard.tasks.preview import Preview, preview
from dashboard.tasks.sheet_reading import ReadingOptions, SheetReading, read_sheet
from dashboard.ui.versions.imported_files import prepare_to_read
from tests.conftest import TINY
from tests.long.trial import Found

TITLE = "files made to exhaust the server"
HEAD = "round,operation,criterion,status"
ROW = ("R2", "b-op", "T1.a", "yes")
SHEET = "xl/worksheets/sheet1.xml"
SPARE = 1.1
"""A process is checked twenty times a second, and may grow by this factor in between."""
LATE = 3
"""Seconds allowed between the end of its time and the sentence, on a busy machine."""
Make = Callable[[Path], None]


@dataclass(frozen=True)
class Bomb:
    """A file with a name, and whether a page or `check` reads it. `heavy` ones are only for full length."""

    name: str
    make: Make
    heavy: bool = False

    @property
    def limits(self) -> Limits:
        """Files for a page are read with its limits, all others with those of `check`."""
        return PAGE if self.on_page else COMMAND

    @property
    def on_page(self) -> bool:
        return self.name.endswith((".csv", ".xlsx", ".parquet")) and "/" not in self.name


def equal_rows(n: int) -> Make:
    """A table in our format with one row repeated many times."""

    def make(path: Path) -> None:
        columns = {
            name: pa.DictionaryArray.from_arrays(_zeros(n), [value])
            for name, value in zip(HEAD.split(","), ROW, strict=True)
        }
        parquet.write_table(pa.table(columns), path, row_group_size=n)

    return make


def _zeros(n: int) -> pa.Array:
    return pa.Array.from_buffers(pa.int32(), n, [None, pa.py_buffer(bytes(4 * n))])


def one_long_text(path: Path) -> None:
    """A text of a megabyte that a million rows share."""
    n = 1_000_000
    columns = {
        name: pa.DictionaryArray.from_arrays(_zeros(n), [value])
        for name, value in zip(HEAD.split(","), ROW, strict=True)
    }
    columns["note"] = pa.DictionaryArray.from_arrays(_zeros(n), ["x" * 1_000_000])
    parquet.write_table(pa.table(columns), path)


def nested(path: Path) -> None:
    """Lists in lists, in place of words."""
    inner: object = "yes"
    for _ in range(60):
        inner = [inner]
    parquet.write_table(pa.table({name: [inner] * 100 for name in HEAD.split(",")}), path)


def wide_parquet(path: Path) -> None:
    parquet.write_table(pa.table({f"c{n}": ["x"] for n in range(20_000)}), path)


def wide_csv(path: Path) -> None:
    path.write_text(HEAD + "".join(f",x{n}" for n in range(40_000)) + "\n" + ",".join(ROW) + "\n", "utf-8")


def wide_sheet(path: Path) -> None:
    """A sheet in another format, just as wide."""
    path.write_text(",".join(f"x{n}" for n in range(40_000)) + "\n" + "," * 39_999 + "\n", "utf-8")


def many_lines(path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEAD + "\n")
        for _ in range(250):
            stream.write((",".join(ROW) + "\n") * 10_000)


def many_lines_of_others(path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write("Question,Answer,Remark,More\n")
        for number in range(190):
            stream.write("".join(f"Q{number}-{n},yes {n},,\n" for n in range(10_000)))


def open_quote(path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f'{HEAD}\nR2,b-op,T1.a,"')
        for _ in range(160):
            stream.write("yes,no\n" * 140_000)


def open_quote_of_others(path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write('Question,Answer\nIs it so,"')
        for _ in range(160):
            stream.write("yes,no\n" * 140_000)


def one_cell(path: Path) -> None:
    path.write_text(f"{HEAD},note\n{','.join(ROW)},{'x' * 45_000_000}\n", "utf-8")


def long_header(path: Path) -> None:
    path.write_text("x" * 45_000_000, "utf-8")


def torn_lines(path: Path) -> None:
    """A thousand lines of a megabyte, all with a different number of cells than the header."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEAD + "\n")
        for _ in range(49):
            stream.write("x" * 1_000_000 + "\n")


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


def aliases(path: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    path.write_text("\n".join(lines), "utf-8")


def merges(path: Path) -> None:
    lines = ["a: &a {x: 1, y: 2, z: 3}"]
    lines += [f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 20)}]}}" for a, b in zip("abcdef", "bcdefg", strict=True)]
    path.write_text("\n".join(lines), "utf-8")


def in_itself(path: Path) -> None:
    path.write_text("a: &a [*a, *a]\n", "utf-8")


def deep_yaml(path: Path) -> None:
    path.write_text("a: " + "[" * 100_000, "utf-8")


def long_number(path: Path) -> None:
    path.write_text("framework: 0x" + "f" * 200_000, "utf-8")


def deep_origin(path: Path) -> None:
    """A table with an endlessly nested note of where its rows came from."""
    path.write_text(HEAD + "\nR2,b-op,T1.a,maybe\n", "utf-8")
    path.with_name(path.name + ".origin.json").write_text("[" * 100_000, "utf-8")


def workbook(path: Path, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> None:
    """A workbook with one row, some of its files changed and others added."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEAD.split(","), "note"])
        sheet.write_row(1, 0, [*ROW, "fine"])
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()} | (more or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def with_rows(rows: bytes) -> Make:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", rows + b"</sheetData>") if name == SHEET else content

    return lambda path: workbook(path, change)


def unpacks(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as part:
        for _ in range(400):
            part.write(b" " * MB)


def says_less(path: Path) -> None:
    """The same, claiming to hold a thousand bytes."""
    unpacks(path)
    size = (400 * MB).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))


def far_cell(path: Path) -> None:
    with_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')(path)


def far_cell_unsaid(path: Path) -> None:
    """The same, with no cell giving its position."""
    with_rows(b"<row><c><v>1</v></c></row>" * 100_000 + b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>")(path)


def far_down(path: Path) -> None:
    """As a spreadsheet writes it after somebody has formatted the very last row."""
    with_rows(b'<row r="1048576"><c r="R1048576"><v>1</v></c></row>')(path)


def one_sheet_often(path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="Z%d"><v>1</v></c></row>' % (n, n) for n in range(3, 60_000))
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n + 9) for n in range(1000))

    def change(name: str, content: bytes) -> bytes:
        content = content.replace(b"</sheets>", sheets + b"</sheets>")
        return content.replace(b"</sheetData>", rows + b"</sheetData>") if name == SHEET else content

    workbook(path, change)


def one_text_often(path: Path) -> None:
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(3, 60_000))

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return content.replace(b"<si>", b"<si><t>" + b"x" * 100_000 + b"</t></si><si>", 1)
        return content.replace(b"</sheetData>", cells + b"</sheetData>") if name == SHEET else content

    workbook(path, change)


def laughs(path: Path) -> None:
    """Entities of entities among the texts of the cells."""
    entities = "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    document = f"<?xml version='1.0'?><!DOCTYPE sst [{entities}]>".encode()

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/sharedStrings.xml":
            return content
        return document + re.sub(rb"<\?xml.*?\?>", b"", content).replace(b"<t>round</t>", b"<t>&a9;</t>")

    workbook(path, change)


def many_merged(path: Path) -> None:
    merged = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(3, 1_000_000))
    merged = b"<mergeCells>" + merged + b"</mergeCells>"

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", b"</sheetData>" + merged) if name == SHEET else content

    workbook(path, change)


def unclosed_cells(path: Path) -> None:
    """Opened and never closed: a pattern that looks for the ends searches everything that follows, each time."""
    with_rows(b"<row r='3'>" + b"<c r='A3'>" * 2_000_000)(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def outside(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def in_circles(path: Path) -> None:
    path.symlink_to(path.name)


BOMBS = (
    Bomb("rows.parquet", equal_rows(20_000_000)),
    Bomb("nested.parquet", nested),
    Bomb("wide.csv", wide_csv),
    Bomb("wide-of-others.csv", wide_sheet),
    Bomb("sparse.csv", sparse),
    Bomb("unpacks.xlsx", unpacks),
    Bomb("says-less.xlsx", says_less),
    Bomb("far.xlsx", far_cell),
    Bomb("laughs.xlsx", laughs),
    Bomb("frameworks/aliases/framework.yaml", aliases),
    Bomb("frameworks/merges/framework.yaml", merges),
    Bomb("frameworks/itself/framework.yaml", in_itself),
    Bomb("frameworks/deep/framework.yaml", deep_yaml),
    Bomb("frameworks/number/framework.yaml", long_number),
    Bomb("frameworks/pipe/framework.yaml", pipe),
    Bomb("frameworks/zeros/framework.yaml", zeros),
    Bomb("frameworks/outside/framework.yaml", outside),
    Bomb("deep-note/answers.csv", deep_origin),
    Bomb("pipe/answers.csv", pipe),
    Bomb("zeros/answers.csv", zeros),
    Bomb("outside/answers.csv", outside),
    Bomb("circles/answers.csv", in_circles),
    Bomb("one-text.parquet", one_long_text, heavy=True),
    Bomb("wide.parquet", wide_parquet, heavy=True),
    Bomb("lines.csv", many_lines, heavy=True),
    Bomb("lines-of-others.csv", many_lines_of_others, heavy=True),
    Bomb("quote.csv", open_quote, heavy=True),
    Bomb("quote-of-others.csv", open_quote_of_others, heavy=True),
    Bomb("cell.csv", one_cell, heavy=True),
    Bomb("header.csv", long_header, heavy=True),
    Bomb("torn.csv", torn_lines, heavy=True),
    Bomb("far-unsaid.xlsx", far_cell_unsaid, heavy=True),
    Bomb("far-down.xlsx", far_down, heavy=True),
    Bomb("sheets.xlsx", one_sheet_often, heavy=True),
    Bomb("texts.xlsx", one_text_often, heavy=True),
    Bomb("merged.xlsx", many_merged, heavy=True),
    Bomb("unclosed.xlsx", unclosed_cells, heavy=True),
)


class Readings(logging.Handler):
    """How long every reading took, and the most memory that its process held."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.seconds: list[float] = []
        self.memory: list[int] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno == logging.INFO and isinstance(record.args, tuple):
            _, _, seconds, memory = record.args
            self.seconds.append(float(str(seconds)))
            self.memory.append(int(str(memory)))


def trial(long: bool, folder: Path) -> Found:
    """Read every bomb as a page or `check` would, over a store that must stay unchanged."""
    store = folder / "store"
    assert publish(Load(store, [TINY], Writer("tester", "for a trial"), date(2026, 1, 1))).revision is not None
    before = content_of(store)
    scratch, readings, wrong = folder / "scratch", Readings(), list[str]()
    scratch.mkdir()
    log.addHandler(readings)
    level = log.level
    # Set, not assigned: a logger caches which levels it ignores.
    log.setLevel(logging.INFO)
    usual, tempfile.tempdir = tempfile.tempdir, str(scratch)
    prepare_to_read()
    grown, bombs = 0, [bomb for bomb in BOMBS if long or not bomb.heavy]
    late = early = 0
    try:
        for bomb in bombs:
            path = folder / "bombs" / bomb.name
            path.parent.mkdir(parents=True, exist_ok=True)
            bomb.make(path)
            held, done = resident(os.getpid()), len(readings.memory)
            problems = read(bomb, path, store, folder / "private")
            grown = max(grown, resident(os.getpid()) - held)
            wrong += told(bomb, problems, scratch)
            late += sum(seconds > (bomb.limits.seconds or 0) + LATE for seconds in readings.seconds[done:])
            early += sum(memory > SPARE * (bomb.limits.memory or 0) for memory in readings.memory[done:])
            path.unlink()
    finally:
        tempfile.tempdir = usual
        log.removeHandler(readings)
        log.setLevel(level)
    if content_of(store) != before:
        wrong.append("The store is not what it was.")
    wrong += [f"{late} readings went on after their time."] if late else []
    wrong += [f"{early} readings held more memory than they may."] if early else []
    return Found(
        (
            ("Files read", str(len(bombs))),
            ("Without a sentence, or wrongly kept", str(len(wrong))),
            ("Readings that exceeded their limits of memory or time", str(early + late)),
            ("Most memory that a reading held", f"{max(readings.memory) // MB} MB"),
            ("Longest reading", f"{max(readings.seconds):.1f} s"),
            ("Most that one file made the server process grow", f"{max(0, grown) // MB} MB"),
        ),
        tuple(wrong),
    )


def read(bomb: Bomb, path: Path, store: Path, private: Path) -> tuple[Problem, ...] | None:
    """The problems of a file; None if some of it could be published."""
    if not bomb.on_page:
        root = path.parents[1] if bomb.name.startswith("frameworks/") else path.parent
        found = read_apart(bomb.limits, check, store, [root], date(2026, 1, 1), name=bomb.name)
        return (found,) if isinstance(found, Problem) else found
    names = names_of(Reader(store).current())
    looked = read_apart(bomb.limits, read_sheet, path, path.name, ReadingOptions(names, KnownWords()), name=bomb.name)
    if isinstance(looked, Problem) and looked.kind in ENDED:
        return (looked,)
    if isinstance(looked, SheetReading) and not (looked.ours or looked.unlike == "our_headings"):
        return None
    private.mkdir(exist_ok=True)
    found_there = read_apart(bomb.limits, preview, store, [path], date(2026, 1, 1), private, name=bomb.name)
    if isinstance(found_there, Preview):
        return None if found_there.changes.anything else found_there.problems
    return (found_there,)


def told(bomb: Bomb, problems: tuple[Problem, ...] | None, scratch: Path) -> list[str]:
    """What was wrong with the end of one reading."""
    if problems is None:
        return [f"{bomb.name}: something of it could be published."]
    wrong = [] if any(problem.serious for problem in problems) else [f"{bomb.name}: nothing serious was told of it."]
    words = read_words()
    wrong += [f"{bomb.name}: “{text}”" for p in problems if len(text := sentence(p, words)) > 1000 or "{" in text]
    left = [place.name for place in scratch.iterdir()]
    return wrong + ([f"{bomb.name}: {', '.join(left)} was left."] if left else [])


def content_of(store: Path) -> dict[str, bytes]:
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()}
