"""Writes YAML that looks hand-written: the files of a standard, and views as steps of a tour to paste into one."""

from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import Any

import yaml

from dashboard.model.framework import Area, Framework, Strict
from dashboard.model.shared_lists import Crosswalk
from dashboard.model.tour import Step

WIDTH = 104
LONG = 90
"""Longer texts are folded over several lines."""
HEAD = "schema_version: 1\n"


def standard_yaml(value: Strict) -> str:
    """Return the text of one file of a standard's folder: a framework, a crosswalk or a translation.

    Keys are in the order of the model; defaults are left out.
    """
    if isinstance(value, Framework):
        return _framework(value)
    if isinstance(value, Crosswalk):
        return f"{HEAD}links:\n{_flow_rows(value.links)}"
    return nested_yaml(value.model_dump(exclude_defaults=True))


def nested_yaml(values: Mapping[str, Any]) -> str:
    """Return nested values as text, each on a line of its own."""
    return _block(values)


def _framework(framework: Framework) -> str:
    settings = framework.model_dump(exclude={"scale", "numbers", "bands", "areas", "weights"}, exclude_none=True)
    areas = [_area(area) for area in framework.areas]
    return "\n".join(
        (
            _block(settings),
            f"scale:\n{_flow_rows(framework.scale)}",
            *([f"numbers:\n{_flow_rows(framework.numbers)}"] if framework.numbers else []),
            f"bands:\n{_flow_rows(framework.bands)}",
            "areas:\n" + "\n".join(indent(area, "  ") for area in areas),
            *([f"weights:\n{_flow_rows(framework.weights)}"] if framework.weights else ()),
        )
    )


def _area(area: Area) -> str:
    """Write one area as a list item containing its criteria, separated by empty lines."""
    head = _item({key: value for key, value in _given(area).items() if key != "criteria"})
    criteria = "\n".join(_item(_given(criterion)) for criterion in area.criteria)
    return f"{head}  criteria:\n{indent(criteria, '    ')}"


def _given(item: Strict) -> dict[str, Any]:
    """Return the fields of an item that differ from their defaults, in the order of the model."""
    return item.model_dump(exclude_defaults=True)


def _flow_rows(items: Iterable[Strict]) -> str:
    """Write one short line per item."""
    rows = (_dumped(_given(item), flow=True) for item in items)
    return "".join(f"  - {row}" for row in rows)


def _item(values: Mapping[str, Any]) -> str:
    return indent(_block(values), "  ").replace("  ", "- ", 1)


def _block(values: Mapping[str, Any]) -> str:
    return _dumped(values, flow=False)


def _dumped(values: Mapping[str, Any], flow: bool) -> str:
    width = float("inf") if flow else WIDTH
    return yaml.dump(
        values, Dumper=_Dumper, default_flow_style=flow, width=width, allow_unicode=True, sort_keys=False, indent=2
    )


class _Dumper(yaml.SafeDumper):
    """Folds long texts, writes lists on one line, quotes only if needed, and whole numbers without a point."""

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        return '"' if style == "'" else style

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    # The library may change a text with line breaks when folding it, so only single lines are folded.
    folded = len(text) > LONG and text.isprintable() and " " in text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if folded else None)


def _number(dumper: _Dumper, number: float) -> yaml.Node:
    return dumper.represent_int(int(number)) if number.is_integer() else dumper.represent_float(number)


def _list(dumper: _Dumper, items: Iterable[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(tuple, _list)


STEP_WIDTH = 110
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The C implementation if available: every page prepares its step again after every choice."""


def step_yaml(page: str, query: Mapping[str, str], title: str, text: str) -> str:
    """Return one item of `steps`, indented like the bundled files. `query` is the view as URL parameters."""
    return _items([Step.of_view(page, query, title, text)])


def steps_yaml(steps: Iterable[Step]) -> bytes:
    """Return saved views as the `steps` of a tour."""
    return f"steps:\n{_items(steps)}".encode()


def _items(steps: Iterable[Step]) -> str:
    values = [step.model_dump(mode="json", exclude_defaults=True) for step in steps]
    dumped = yaml.dump(
        values, Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=STEP_WIDTH, default_flow_style=None
    )
    return indent(dumped, "  ")
