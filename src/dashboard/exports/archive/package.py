"""The schema of an archive, as a Data Package of Frictionless Data (specs.frictionlessdata.io, version 1)."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from dashboard.model.answers.tables import EVIDENCE, FORM, Form
from dashboard.model.archive import TABLES, About

PRIMARY: Mapping[str, tuple[str, ...]] = {
    "countries": ("country",),
    "operations": ("operation",),
    "rounds": ("round",),
    "answers": ("round", "operation", "criterion"),
    "reviews": ("round", "operation", "criterion"),
    "risk_ratings": ("round", "operation", "impact"),
    "opportunity_ratings": ("round", "operation", "impact"),
    "actions": ("action",),
    "participation": ("record",),
    "indicators": ("indicator",),
}
"""By table, the columns that name a row."""
POINTS_AT = {
    "country": "countries",
    "operation": "operations",
    "round": "rounds",
    "indicator": "indicators",
    "action": "actions",
}
"""By column, the table whose column of the same name has its codes."""
GRADES = (
    "scale", "scope", "irremediability", "likelihood", "residual_severity", "residual_likelihood", "reach", "need",
    "feasibility",
)  # fmt: skip
COUNTS = ("children", "girls", "boys", "children_with_disabilities", "out_of_school")
_OF: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (GRADES, {"type": "integer", "constraints": {"minimum": 1, "maximum": 4}}),
    (COUNTS, {"type": "string", "constraints": {"pattern": "withheld|[0-9]+"}}),
    (("closed", "synthetic", "confidential"), {"type": "boolean"}),
    (("percent", "limit_years"), {"type": "integer"}),
    (("year",), {"type": "year"}),
    (("evidence",), {"type": "string", "constraints": {"enum": list(EVIDENCE)}}),
)
TYPES = {column: about for columns, about in _OF for column in columns}
"""By column, its type and what else holds for it; days end in `_on`, and everything else is text."""
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "yaml": "application/yaml",
    "py": "text/x-python",
    "sql": "application/sql",
}


def package(about: About, files: Mapping[str, bytes]) -> bytes:
    """Return the descriptor of all files, each with its size and digest, and the schema of each table."""
    held = {path.partition("/")[2].removesuffix(".csv") for path in files if path.startswith(f"{TABLES}/")}
    descriptor = {
        "profile": "data-package",
        "name": f"{about.format}-{about.publication}",
        "created": f"{about.published_on.isoformat()}T00:00:00Z",
        "resources": [_resource(path, content, held) for path, content in sorted(files.items())],
    }
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(path: str, content: bytes, held: set[str]) -> dict[str, Any]:
    stem, _, ending = path.rpartition(".")
    table = stem.rpartition("/")[2] if ending == "csv" else ""
    resource = {
        "profile": "tabular-data-resource" if table else "data-resource",
        "name": table or path.replace("/", "-").lower(),
        "path": path,
        "format": ending,
        "mediatype": MEDIA[ending],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }
    return resource | ({"schema": _schema(FORM[table], held)} if table else {})


def _schema(form: Form, held: set[str]) -> dict[str, Any]:
    """The schema of a table; what names a row may not be empty."""
    key = PRIMARY.get(form.kind, ())
    pointing = [
        {"fields": column, "reference": {"resource": table, "fields": column}}
        for column, table in POINTS_AT.items()
        if column in form.columns and table in held and table != form.kind
    ]
    return {
        "fields": [_field(column, column in key) for column in form.columns],
        **({"primaryKey": list(key)} if key else {}),
        **({"foreignKeys": pointing} if pointing else {}),
    }


def _field(name: str, required: bool) -> dict[str, Any]:
    about = TYPES.get(name, {"type": "date" if name.endswith("_on") else "string"})
    constraints = {**about.get("constraints", {}), **({"required": True} if required else {})}
    return {"name": name, **about, **({"constraints": constraints} if constraints else {})}
