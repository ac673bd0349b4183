"""The values of a standard become YAML files, in the shape in which a person would write them."""

from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import Any

import yaml

from dashboard.model.standard.framework import Area, Framework, Strict
from dashboard.model.standard.shared import Crosswalk

WIDTH = 104
LONG = 90
"""A text of more characters than this is folded over several lines."""
HEAD = "schema_version: 1\n"


def standard_yaml(value: Strict) -> str:
    """The text of one file of a standard's folder: a framework, a crosswalk or a translation.

    Keys stand in the order of the model; what is left at its default is left out.
    """
    if isinstance(value, Framework):
        return _framework(value)
    if isinstance(value, Crosswalk):
        return f"{HEAD}links:\n{_flow_rows(value.links)}"
    return _block(value.model_dump())


def _framework(framework: Framework) -> str:
    settings = framework.model_dump(exclude={"scale", "bands", "areas"}, exclude_none=True)
    areas = [_area(area) for area in framework.areas]
    return "\n".join(
        (
            _block(settings),
            f"scale:\n{_flow_rows(framework.scale)}",
            f"bands:\n{_flow_rows(framework.bands)}",
            "areas:\n" + "\n".join(indent(area, "  ") for area in areas),
        )
    )


def _area(area: Area) -> str:
    """One area as an item of a list, its criteria inside it, an empty line between two of them."""
    head = _item({key: value for key, value in _given(area).items() if key != "criteria"})
    criteria = "\n".join(_item(_given(criterion)) for criterion in area.criteria)
    return f"{head}  criteria:\n{indent(criteria, '    ')}"


def _given(item: Strict) -> dict[str, Any]:
    """The fields of an item that say more than their default, in the order of the model."""
    return item.model_dump(exclude_defaults=True)


def _flow_rows(items: Iterable[Strict]) -> str:
    """One short line an item."""
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
    """Long texts folded, lists on one line, double quotes where quotes are needed, whole numbers without a point."""

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        return '"' if style == "'" else style

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    # Folded by the library, a text with line ends of its own may come back as another: only one line is folded.
    folded = len(text) > LONG and text.isprintable() and " " in text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if folded else None)


def _number(dumper: _Dumper, number: float) -> yaml.Node:
    return dumper.represent_int(int(number)) if number.is_integer() else dumper.represent_float(number)


def _list(dumper: _Dumper, items: Iterable[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(tuple, _list)
