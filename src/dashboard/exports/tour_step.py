"""How does a view become a step of a tour? As YAML to paste into a file of `frameworks/tours`."""

from collections.abc import Iterable, Mapping
from textwrap import indent

import yaml

from dashboard.model.present.tour import Step

WIDTH = 110
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
    dumped = yaml.dump(values, Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=None)
    return indent(dumped, "  ")
