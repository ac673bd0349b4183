"""Converts a file into the folder of a standard, and a folder into its workbook."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.exports.standard_workbook import rows_of, rows_to_start, standard_workbook
from dashboard.exports.yaml_text import standard_yaml
from dashboard.loading.criterion_weights import unsound_sameness
from dashboard.loading.framework_checks import titles_twice, unopenable, unsaid_gaps, without_rule
from dashboard.loading.frameworks import framework_folders, joined_documents, model_of, read_documents
from dashboard.loading.library import Library
from dashboard.loading.references import ids_twice, unresolved, unsound_translations
from dashboard.loading.standard_file import FORMAT, ReadStandard, read_standard
from dashboard.loading.yaml_file import Document, read_yaml, validate
from dashboard.model.framework import Strict
from dashboard.model.problem import Problem, Weight
from dashboard.model.shared_lists import Crosswalk, Link
from dashboard.model.standard_files import CROSSWALK_FILE, Standard, ids_of
from dashboard.model.words import Words

SHARED = "shared"
BEFORE = "before"


@dataclass(frozen=True)
class StandardResult:
    """The result: folder or file, the standard, the files that were written, and the new names of former files.

    Without a standard nothing was written, and `problems` say why.
    """

    place: Path
    standard: Standard | None = None
    written: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def folder_of(
    read: ReadStandard | None, problems: Iterable[Problem], into: Path, force: bool = False
) -> StandardResult:
    """Write the standard that was read from a file as a folder inside `into`, named by its id.

    A folder with other content is replaced only with `force`, and its former files are kept beside the new ones. Files
    with equal content stay as they are. Raises OSError if the machine fails.
    """
    all_problems = list(problems)
    if read is None:
        return StandardResult(into, problems=tuple(all_problems))
    place = into / read.standard.framework.framework
    folder = place.resolve()
    elsewhere, wrong = _fits(read, folder)
    all_problems += [problem for problem in wrong if not problem.serious]
    if wrong := [problem for problem in wrong if problem.serious]:
        return StandardResult(place, problems=(*all_problems, *wrong))
    standard = read.standard
    all_problems += _left_elsewhere(standard, elsewhere)
    files = replace(standard, links=tuple(link for link in standard.links if link not in elsewhere)).files()
    changed = _changed(folder, files)
    former = [name for name in changed if (folder / name).exists()]
    if former and not force:
        differs = Problem("folder_differs", str(place), value=", ".join(former), weight=Weight.FILE)
        return StandardResult(place, problems=(*all_problems, differs))
    new = {name: value for name, value in files.items() if name in changed}
    set_aside = _write(folder, new, former)
    if isinstance(set_aside, Problem):
        return StandardResult(place, problems=(*all_problems, set_aside))
    return StandardResult(place, standard, tuple(new), set_aside, tuple(all_problems))


def _fits(read: ReadStandard, folder: Path) -> tuple[set[Link], list[Problem]]:
    """The links already stored elsewhere in the folder of frameworks, and problems of fitting in with the others."""
    into = folder.parent
    if folder.name == SHARED:
        document, _ = read.documents[0]
        return set(), [document.problem("bad_value", ("framework",), SHARED)]
    problems: list[Problem] = []
    beside = read_documents(into, [other for other in framework_folders(into) if other != folder], problems)
    if problems:
        return set(), problems
    documents = [*beside, *read.documents]
    problems += ids_twice(documents, Library())
    # Without the shared lists, references to them cannot be checked: they may already be published.
    if (into / SHARED).is_dir():
        problems += unresolved(list(read.documents), joined_documents(beside))
    # The workbook is checked as publishing would check the folder, but with its own sheets and rows.
    problems = problems or _unlike(documents, beside)
    links = {link for _, value in beside if isinstance(value, Crosswalk) for link in value.links}
    return links, problems


WHOLE = (titles_twice, unopenable, unsound_translations, unsound_sameness, unsaid_gaps, without_rule)
"""What publishing checks in standards besides their references."""


def _unlike(documents: list[tuple[Document, Strict]], beside: list[tuple[Document, Strict]]) -> list[Problem]:
    """The problems of a standard that publishing would find, without those that the others have already."""
    known = {problem for check in WHOLE for problem in check(beside)}
    return [problem for check in WHOLE for problem in check(documents) if problem not in known]


def _left_elsewhere(standard: Standard, elsewhere: set[Link]) -> list[Problem]:
    """Links of this standard in the shared crosswalk that the workbook does not hold: they stay in force."""
    own = set(ids_of(standard.framework))
    ends = {(link.source, link.target_type, link.target) for link in standard.links}
    left = [
        link for link in elsewhere if link.source in own and (link.source, link.target_type, link.target) not in ends
    ]
    place = f"{SHARED}/{CROSSWALK_FILE}"
    return [Problem("links_stay", place, value=str(len(left)), weight=Weight.NOTE)] if left else []


def _changed(folder: Path, files: Mapping[str, Strict]) -> list[str]:
    """The files of a folder that differ from `files`, including new ones and those to be removed."""
    names = dict.fromkeys([*files, *(path.name for path in sorted(folder.glob("*.yaml")))])
    return [name for name in names if _value_in(folder / name) != files.get(name)]


def _value_in(path: Path) -> Strict | None:
    """The value in a file, or None if it is missing or unreadable."""
    document = read_yaml(path, path.name)
    value = document if isinstance(document, Problem) else validate(document, model_of(path.name))
    return value if isinstance(value, Strict) else None


def _write(folder: Path, files: Mapping[str, Strict], former: list[str]) -> tuple[str, ...] | Problem:
    """Write files into a folder in one go, moving the former ones to other names, which are returned.

    Each file is read back before anything is touched; a Problem is returned if one does not match.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder.parent) as name:
        making = Path(name)
        for file, value in files.items():
            (making / file).write_text(standard_yaml(value), "utf-8", newline="\n")
            if _value_in(making / file) != value:
                return Problem("not_carried", file, weight=Weight.FILE)
        folder.mkdir(exist_ok=True)
        set_aside = tuple(_set_aside(folder / file) for file in former)
        for file in files:
            (making / file).replace(folder / file)
    return set_aside


def _set_aside(path: Path) -> str:
    """Rename a file to the next free name that readers of frameworks ignore."""
    number = 1
    while (aside := path.with_name(f"{path.name}.{BEFORE}-{number}")).exists():
        number += 1
    path.rename(aside)
    return aside.name


def file_from_folder(folder: Path, file: Path, words: Words, force: bool = False) -> StandardResult:
    """Write the standard in a framework folder as a workbook, with its links and translations, wherever they are."""
    folder = folder.resolve()
    problems: list[Problem] = []
    library = joined_documents(read_documents(folder.parent, [folder], problems))
    if not problems and not library.frameworks:
        problems.append(Problem("nothing_found", folder.name, weight=Weight.FILE))
    if problems:
        return StandardResult(file, problems=tuple(problems))
    standard = Standard.of(library.frameworks[0], library.crosswalk.links, library.translations)
    return _write_file(file, standard_workbook(rows_of(standard), words), standard, force)


def template(file: Path, words: Words, force: bool = False) -> StandardResult:
    """Write the workbook from which people start a standard of their own."""
    return _write_file(file, standard_workbook(rows_to_start(words), words), None, force)


def _write_file(file: Path, content: bytes, standard: Standard | None, force: bool) -> StandardResult:
    """Write a workbook once it is known to read back; an existing one is replaced only with `force`."""
    if file.suffix.lower() != FORMAT:
        wrong = Problem("format", file.name, value=file.suffix or file.name, expected=FORMAT, weight=Weight.FILE)
        return StandardResult(file, problems=(wrong,))
    if file.exists() and not force:
        return StandardResult(file, problems=(Problem("file_exists", file.name, weight=Weight.FILE),))
    with tempfile.TemporaryDirectory() as name:
        draft = Path(name) / f"draft{FORMAT}"
        draft.write_bytes(content)
        if standard is not None and not _holds(draft, standard):
            return StandardResult(file, problems=(Problem("not_carried", file.name, weight=Weight.FILE),))
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(draft, file)
    return StandardResult(file, standard, (file.name,))


def _holds(draft: Path, standard: Standard) -> bool:
    """Whether a workbook reads back as the standard that it was written from."""
    read, _ = read_standard(draft, draft.name)
    return read is not None and read.standard == standard
