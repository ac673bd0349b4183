"""Reads the folder `frameworks/` as one Library, and writes the JSON Schemas of its files."""

import json
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from dashboard.loading.criterion_weights import unknown_parts, unsound_sameness
from dashboard.loading.file_contents import unfit
from dashboard.loading.framework_checks import (
    titles_twice,
    unfit_edges,
    unopenable,
    unsaid_gaps,
    unsound_impacts,
    unsound_scales,
    without_rule,
)
from dashboard.loading.framework_versions import unraised
from dashboard.loading.library import SHARED, Library, merged
from dashboard.loading.references import (
    all_former_names,
    former_names_twice,
    ids_twice,
    text_places,
    unresolved,
    unsound_translations,
)
from dashboard.loading.staging import taken_out_of
from dashboard.loading.yaml_file import Document, Model, Place, of_model, read_markdown, read_yaml, validate
from dashboard.model.framework import Framework, Strict
from dashboard.model.guidance import ADVICE_FOLDERS, CaseStudy, Guidance
from dashboard.model.problem import Problem
from dashboard.model.records import tables_schema
from dashboard.model.shared_lists import SHARED_FILES, Crosswalk
from dashboard.model.standard_files import CROSSWALK_FILE, FRAMEWORK_FILE
from dashboard.model.tour import TOUR_FOLDER, Tour
from dashboard.model.translation import Translation, one_per_language

TourPlaces = dict[str, tuple[str, int | None]]


def tour_places(documents: Iterable[tuple[Document, Strict]]) -> TourPlaces:
    """File and line of every step (`demo.3`) and of every code in it (`demo.3.country.GHA`).

    Stored with the tours, since a step may stop working long after its file was read, when what it shows has gone.
    """
    places: TourPlaces = {}
    for document, tour in of_model(documents, Tour):
        for number, step in enumerate(tour.steps, start=1):
            here: Place = ("steps", number - 1)
            places[tour.step_id(number)] = (document.name, document.line(here))
            for field, codes in step.query().items():
                for position, code in enumerate(codes.split(",")):
                    line = document.line((*here, "view", field, position))
                    places[f"{tour.step_id(number)}.{field}.{code}"] = (document.name, line)
    return places


def framework_folders(root: Path) -> list[Path]:
    """The folders under `root` that hold a `framework.yaml`, sorted by name."""
    return sorted(path.parent for path in root.glob("*/framework.yaml"))


def read_library(roots: Iterable[Path], beside: Library | None = None) -> tuple[Library, list[Problem]]:
    """Read every framework folder, shared list, guidance, case and tour below `roots`; ids in `beside` are known.

    `beside` is what is published: a framework that differs from its namesake there needs a higher version. Shared lists
    may be in any root and are joined. Problems name file, line, key and the nearest known id. If there are problems,
    the Library holds what could be read.
    """
    problems: list[Problem] = []
    documents: list[tuple[Document, Strict]] = []
    for root in roots:
        documents += read_documents(root, framework_folders(root), problems)
    library = joined_documents(documents)
    before = beside or Library()
    problems += ids_twice(documents, before)
    problems += former_names_twice(documents, before)
    problems += titles_twice(documents)
    # Files that could not be read define ids too: a problem for each reference to them would bury the actual fault.
    if not problems:
        problems += unresolved(documents, before, all_former_names(library, before))
    problems += unopenable(documents)
    problems += unsound_scales(documents)
    problems += unknown_parts(documents)
    problems += unsound_translations(documents)
    problems += unsound_sameness(documents)
    problems += unsound_impacts(documents, before)
    problems += unraised(documents, before)
    if not problems:
        problems += unsaid_gaps(documents) + without_rule(documents) + unfit_edges(documents)
    return library, [*problems, *taken_out_of(document for document, _ in documents)]


def read_documents(root: Path, folders: Iterable[Path], problems: list[Problem]) -> list[tuple[Document, Strict]]:
    """The shared lists of `root` and the files of some of its framework folders. Problems are added to `problems`."""
    to_read: list[tuple[Path, type[Strict]]] = []
    for name, model in SHARED_FILES.items():
        path = root / "shared" / name
        to_read += [(path, model)] if path.exists() else []
    for folder in folders:
        to_read += [(path, model_of(path.name)) for path in sorted(folder.glob("*.yaml"))]
    for place in ("shared", *ADVICE_FOLDERS):
        to_read += [(path, Translation) for path in sorted((root / place).glob("??.yaml"))]
    for place, model in ADVICE_FOLDERS.items():
        to_read += [(path, model) for path in sorted((root / place).glob("*.md"))]
    to_read += [(path, Tour) for path in sorted((root / TOUR_FOLDER).glob("*.yaml"))]
    return [document for path, model in to_read for document in _read(root, path, model, problems)]


def model_of(name: str) -> type[Strict]:
    """The model for a file of this name in the folder of a framework."""
    own: dict[str, type[Strict]] = {FRAMEWORK_FILE: Framework, CROSSWALK_FILE: Crosswalk}
    return own.get(name, Translation)


def _read(root: Path, path: Path, model: type[Strict], problems: list[Problem]) -> list[tuple[Document, Strict]]:
    name = f"{root.name}/{path.relative_to(root).as_posix()}"
    wrong = unfit(path, name, root)
    if wrong is not None:
        problems.append(wrong)
        return []
    document = read_markdown(path, name) if path.suffix == ".md" else read_yaml(path, name)
    if isinstance(document, Problem):
        problems.append(document)
        return []
    value = validate(document, model)
    if isinstance(value, list):
        problems += value
        return []
    return [(document, value)]


def joined_documents(documents: list[tuple[Document, Strict]]) -> Library:
    """Everything in the documents, as one Library."""

    def every(model: type[Model]) -> tuple[Model, ...]:
        return tuple(value for _, value in of_model(documents, model))

    shared: dict[str, Any] = {name: merged(model, every(model)) for name, model in SHARED.items()}
    return Library(
        frameworks=tuple(sorted(every(Framework), key=lambda f: (f.year, f.framework))),
        **shared,
        guidance=every(Guidance),
        cases=every(CaseStudy),
        tours=every(Tour),
        tour_places=tour_places(documents),
        text_places=text_places(documents),
        translations=one_per_language(every(Translation)),
        checksums={
            value.framework: sha256(value.model_dump_json().encode()).hexdigest()[:16] for value in every(Framework)
        },
    )


FILES: dict[str, type[Strict]] = {
    "framework.yaml": Framework,
    "translation.yaml": Translation,
    **SHARED_FILES,
    **{f"{folder}.md": model for folder, model in ADVICE_FOLDERS.items()},
    f"{TOUR_FOLDER}.yaml": Tour,
}


def schemas() -> dict[str, str]:
    """The schema of every kind of file as text, by the name of its schema file, such as `rights.json`."""
    models = {f"{Path(name).stem}.json": _text(model.model_json_schema()) for name, model in FILES.items()}
    return models | {"tables.json": _text(tables_schema())}


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder, which is made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8")


def _text(about: dict[str, Any]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **about}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]) if sys.argv[1:] else Path("docs/schema"))
