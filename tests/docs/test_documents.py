"""Is nothing said twice, are documents for contributors short, and does everything they name exist?"""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from dashboard.__main__ import FILE_OF
from tests.conftest import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
FOR_CONTRIBUTORS = [ROOT / "CONTRIBUTING.md", *DECISIONS]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "frameworks" / "README.md",
    *ROOT.glob("docs/**/*.md"),
]
EQUAL = 12
"""This many equal words in a row count as one statement made twice."""
MOST_IN_CONTRIBUTING, MOST_IN_A_DECISION = 1500, 150
"""The most words that each may have."""
BASES = (ROOT, ROOT / "src" / "dashboard")
"""The folders that a path in a document may start from."""
ENDINGS = ("py", "sql", "md", "yaml", "json", "toml", "csv", "css", "txt", "lock")
CODE = re.compile(r"^```[\s\S]*?^```$|^ {4,}\S.*$", re.MULTILINE)
PROBLEMS = re.compile(r"^\| [\w ]+ \| `\w+` \| .*\|$", re.MULTILINE)
"""A row of the list of problems in docs/data-format.md, made from the file of words; other documents may quote one."""
DELIMITER = re.compile(r"^\|[-:| ]+\|$")
Words = list[tuple[str, int]]
"""The words of one paragraph, list item or table row, each with its line."""


def blocks(text: str) -> Iterator[Words]:
    """The running text of a document: no code, no headings, no table headers."""
    without_code = CODE.sub(lambda code: "\n" * code.group().count("\n"), text)
    lines = without_code.splitlines()
    block: Words = []
    for number, line in enumerate(lines, start=1):
        is_header = line.startswith("#") or (number < len(lines) and DELIMITER.match(lines[number]))
        if not line.strip() or re.match(r"\s*(\||#|[-*] |\d+\. )", line):
            yield block
            block = []
        if not is_header:
            block += [(word, number) for word in re.findall(r"[\w'’-]+", line.lower()) if word.strip("-")]
    yield block


def runs(text: str) -> dict[tuple[str, ...], int]:
    """Every run of that many words, with the line it begins in."""
    return {
        tuple(word for word, _ in block[start : start + EQUAL]): block[start][1]
        for block in blocks(text)
        for start in range(len(block) - EQUAL + 1)
    }


def _without_problems(path: Path) -> str:
    text = path.read_text("utf-8")
    return PROBLEMS.sub("", text) if path.name == "data-format.md" else text


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_nothing_is_said_in_two_documents() -> None:
    found = {path: runs(_without_problems(path)) for path in DOCUMENTS}
    twice = [
        f"{named(one)}:{found[one][run]} and {named(other)}:{found[other][run]}: {' '.join(run)}"
        for one, other in combinations(DOCUMENTS, 2)
        for run in found[one].keys() & found[other].keys()
    ]
    assert not twice, "\n".join(sorted(twice))


def test_what_contributors_read_is_short() -> None:
    n_words = {named(path): len(path.read_text("utf-8").split()) for path in FOR_CONTRIBUTORS}
    most = {name: MOST_IN_A_DECISION if "decisions" in name else MOST_IN_CONTRIBUTING for name in n_words}
    assert {name: n for name, n in n_words.items() if n > most[name]} == {}


def test_every_target_of_make_is_explained() -> None:
    targets = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [target for line in targets for target in line.split() if not re.search(rf"\bmake {target}\b", text)] == []


def paths_in(text: str) -> Iterator[str]:
    """What is in backticks and looks like a path, except those with placeholders."""
    for quoted in re.findall(r"`([^`\n]+)`", text):
        if re.search(r"[\s<>…(=]|://", quoted):
            continue
        if "/" in quoted or re.fullmatch(rf"[\w.-]+\.({'|'.join(ENDINGS)})", quoted):
            yield quoted


def exists(quoted: str) -> bool:
    """Whether the repository holds it; a bare file name may be in any folder of the program."""
    quoted = quoted.lstrip("/")
    if any(base.joinpath(quoted).exists() or any(base.glob(quoted)) for base in BASES):
        return True
    return "/" not in quoted and any(base.glob(f"**/{quoted}") for base in (ROOT / "src", ROOT / "frameworks"))


def test_every_path_that_contributors_are_given_exists() -> None:
    given = [(named(path), quoted) for path in FOR_CONTRIBUTORS for quoted in paths_in(path.read_text("utf-8"))]
    assert given
    assert [(name, quoted) for name, quoted in given if not exists(quoted)] == []


def names_in_the_code() -> dict[bool, set[str]]:
    """Every word of the program and its tests, with the names of folders; and, under True, functions and macros."""
    files = [path for folder in ("src", "pages", "tests") for path in (ROOT / folder).rglob("*")]
    files += [ROOT / name for name in ("pyproject.toml", ".streamlit/config.toml")]
    texts = {path: path.read_text("utf-8") for path in files if path.suffix in (".py", ".sql", ".toml")}
    program = [text for path, text in texts.items() if path.is_relative_to(ROOT / "src")]
    folders = {path.name for path in files if path.is_dir()}
    return {
        False: folders.union(*(re.findall(r"\w+", text) for text in texts.values())),
        True: set().union(*(re.findall(r"(?:def|MACRO) (\w+)", text) for text in program)),
    }


def test_every_name_that_contributors_are_given_is_in_the_code() -> None:
    """A name with `()` is a function or a macro; anything else in backticks is a word in the code."""
    names = names_in_the_code()
    quoted = [
        (named(path), *found)
        for path in FOR_CONTRIBUTORS
        for found in re.findall(r"`(?:\w+\.)*(\w+)(\((?:…|\.\.\.)?\))?`", path.read_text("utf-8"))
    ]
    assert quoted
    assert [(path, n) for path, n, call in quoted if n not in ENDINGS and n not in names[bool(call)]] == []


def test_every_path_from_a_folder_of_the_project_exists() -> None:
    """Elsewhere a path may be the reader's own; `data/` and `frameworks/` also stand for the reader's files."""
    folders = ("src/", "tests/", "docs/", "pages/", "benchmarks/", "data/", "frameworks/")
    given = [(named(path), quoted) for path in DOCUMENTS for quoted in paths_in(path.read_text("utf-8"))]
    assert [(name, quoted) for name, quoted in given if quoted.startswith(folders) and not exists(quoted)] == []


def test_every_link_leads_to_a_document_and_a_heading_that_exist() -> None:
    links = [
        (path, *target.partition("#")[::2])
        for path in DOCUMENTS
        for target in re.findall(r"\]\(([^)\s]+)\)", CODE.sub("", path.read_text("utf-8")))
        if "://" not in target
    ]
    assert links
    assert [(named(path), file, anchor) for path, file, anchor in links if not leads(path, file, anchor)] == []


def leads(path: Path, file: str, anchor: str) -> bool:
    """Whether a link in a document has its file, and in it the heading that it names."""
    there = (path.parent / file).resolve() if file else path
    return there.exists() and (not anchor or anchor in anchors(there))


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_each_decision_is_named_where_it_binds_and_each_that_is_named_exists() -> None:
    sources = [path for folder in ("src", "pages", "tests") for path in (ROOT / folder).rglob("*")]
    text = "\n".join(path.read_text("utf-8") for path in sources if path.suffix in (".py", ".sql"))
    assert set(re.findall(r"docs/decisions/[0-9][\w-]*\.md", text)) == {named(path) for path in DECISIONS}


def test_every_command_that_is_named_exists() -> None:
    shown = [
        part
        for path in DOCUMENTS
        for part in re.findall(r"^ {4,}[^\s#][^#\n]*|`[^`\n]+`", path.read_text("utf-8"), re.M)
    ]
    found = re.findall(r"(?:^|bin/|[ `])(?<!-u )dashboard ([a-z]+)\b", "\n".join(shown), re.M)
    for name in ("Dockerfile", "Makefile"):
        found += re.findall(r"bin/dashboard ([a-z]+)", (ROOT / name).read_text("utf-8"))
    assert len(set(found)) > 15
    assert set(found) <= set(FILE_OF)


def test_each_decision_has_a_number_of_its_own_and_is_listed() -> None:
    assert len({path.name[:4] for path in DECISIONS}) == len(DECISIONS)
    listed = re.findall(r"^- \[(\d{4})\]\(([\w-]+\.md)\) (.+)$", (ROOT / "docs/decisions/README.md").read_text(), re.M)
    titles = [
        (path.name[:4], path.name, path.read_text("utf-8").splitlines()[0].removeprefix("# ")) for path in DECISIONS
    ]
    assert listed == titles


def test_every_test_that_the_method_names_is_there() -> None:
    named_tests = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "method.md").read_text("utf-8")))
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert named_tests
    assert named_tests <= set(re.findall(r"^def (test_\w+)", code, re.MULTILINE))
