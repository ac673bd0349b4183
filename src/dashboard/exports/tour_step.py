"""A view of the dashboard becomes a step of a tour, as YAML to be put into a file of `frameworks/tours`."""

from collections.abc import Iterable, Mapping
from textwrap import indent

import yaml

from dashboard.model.present.tour import Step

WIDTH = 110
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""Written in C where it was built: the step stands behind a button on every page, and is written with every choice."""


def step_yaml(page: str, query: Mapping[str, str], title: str, text: str) -> str:
    """One item of `steps`, indented as in the files that ship. `query` is the view as parameters of its URL."""
    return _items([Step.of_view(page, query, title, text)])


def steps_yaml(steps: Iterable[Step]) -> bytes:
    """Saved views as `steps` of a tour."""
    return f"steps:\n{_items(steps)}".encode()


def _items(steps: Iterable[Step]) -> str:
    values = [step.model_dump(mode="json", exclude_defaults=True) for step in steps]
    dumped = yaml.dump(values, Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=None)
    return indent(dumped, "  ")
