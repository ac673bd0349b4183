"""Changes single texts of a YAML file and leaves every other byte as it is: comments, order, quotes and line ends.

What was changed is read back: whoever calls it learns if anything else would change, and writes nothing.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from dashboard.loading.yaml_file import FAST, Place

BYTE_ORDER_MARK = "\ufeff"


def edited(text: str, edits: Mapping[Place, str], order: Sequence[str] = ()) -> str | None:
    """The text with other values at some places, each the key of a mapping; None if anything else would change.

    A key that is missing comes after the one that `order` puts before it.
    """
    mark, body = text[: text.startswith(BYTE_ORDER_MARK)], text.removeprefix(BYTE_ORDER_MARK)
    try:
        expected = _apart(_values(body))
        for place, value in edits.items():
            _inside(expected, place[:-1])[place[-1]] = value
            body = _with_value(body, place, value, order)
        return mark + body if _values(body) == expected else None
    except (yaml.YAMLError, LookupError, TypeError, ValueError):
        return None


def _values(text: str) -> Any:
    # A subclass of the safe loader.
    return yaml.load(text, FAST)  # noqa: S506


def _apart(values: Any) -> Any:
    """A copy in which what an alias repeats stands on its own, so that a change in one place shows in no other."""
    if isinstance(values, dict):
        return {key: _apart(value) for key, value in values.items()}
    return [_apart(value) for value in values] if isinstance(values, list) else values


def _inside(values: Any, place: Place) -> Any:
    for key in place:
        values = values[key]
    return values


def _with_value(text: str, place: Place, value: str, order: Sequence[str]) -> str:
    """Raises LookupError or ValueError if the place is not the key of a mapping."""
    owner: Any = yaml.compose(text, FAST)
    for step in place[:-1]:
        owner = owner.value[step] if isinstance(step, int) else _of_key(owner, step)
    key = str(place[-1])
    names = [name.value for name, _ in owner.value]
    if key in names:
        start, end = _span(text, _of_key(owner, key))
        return f"{text[:start]}{_scalar(value, owner.flow_style)}{text[end:]}"
    before = [name for name in names if name in order and order.index(name) < order.index(key)]
    after = max(before, key=order.index) if before else names[0]
    return _inserted(text, owner, after, f"{key}: {_scalar(value, owner.flow_style)}")


def _of_key(owner: Any, key: str) -> Any:
    return next(value for name, value in owner.value if name.value == key)


def _span(text: str, node: Any) -> tuple[int, int]:
    """Where a value begins and ends. A text of several lines would else reach to the beginning of what follows."""
    start = node.start_mark.index
    return start, start + len(text[start : node.end_mark.index].rstrip())


def _inserted(text: str, owner: Any, after: str, line: str) -> str:
    """The text with one more key in a mapping, on a line of its own unless the mapping is written on one."""
    _, end = _span(text, _of_key(owner, after))
    if owner.flow_style:
        return f"{text[:end]}, {line}{text[end:]}"
    # A remark may follow on the same line.
    ends = [place for sign in "\r\n" if (place := text.find(sign, end)) >= 0]
    end = min(ends, default=len(text))
    line_end = "\r\n" if "\r\n" in text else "\n"
    return f"{text[:end]}{line_end}{' ' * owner.start_mark.column}{line}{text[end:]}"


def _scalar(value: str, flow: bool) -> str:
    """The value as it is, or quoted if it would be read otherwise."""
    try:
        plain = not flow and _values(f"key: {value}") == {"key": value}
    except yaml.YAMLError:
        plain = False
    return value if plain else json.dumps(value, ensure_ascii=False)
