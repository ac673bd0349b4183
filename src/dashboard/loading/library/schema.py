"""Schemas for editors, of framework files and of tables: `python -m dashboard.loading.library.schema` writes them."""

import json
import sys
from pathlib import Path
from typing import Any

from dashboard.model.present.tour import TOUR_FOLDER, Tour
from dashboard.model.record_schema import tables_schema
from dashboard.model.standard.advice import ADVICE_FOLDERS
from dashboard.model.standard.framework import Framework, Strict
from dashboard.model.standard.shared import SHARED_FILES, Translation

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
