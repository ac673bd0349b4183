"""What is a trial? A function of its length and a folder that returns figures, and whatever went wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

NAMES: tuple[str, ...] = (
    "kills", "damage", "faults", "leftovers", "bombs", "uploads", "doors", "room", "texts", "roles", "offline", "soak",
    "signin.files", "signin.proxied", "signin.views",
)  # fmt: skip
"""The modules in this folder that hold a `trial` and its `TITLE`, in the order of the report."""


@dataclass(frozen=True)
class Found:
    """Figures by name, in the order in which they are reported, and one sentence for each thing that went wrong."""

    figures: tuple[tuple[str, str], ...]
    wrong: tuple[str, ...] = ()


Trial = Callable[[bool, Path], Found]
"""Receives whether to run at full length, and an empty folder to work in. The short form takes half a minute."""


def trials() -> dict[str, tuple[str, Trial]]:
    """Every trial by the name of its module: its title in the report, and the function."""
    modules = {name: import_module(f"tests.long.{name}") for name in NAMES}
    return {name: (str(module.TITLE), module.trial) for name, module in modules.items()}
