"""The command line: related commands share a file, and only the file of the command that is run is loaded."""

from importlib import import_module
from typing import Any, cast

import click

FILES = {
    "storing": ("check", "publish", "import", "close", "reopen"),
    "upgrading": ("upgrade",),
    "keeping": ("history", "revert", "repair", "prune"),
    "making": ("template", "framework", "shipped"),
    "serving": ("demo", "room", "serve"),
    "figures": ("figures",),
    "packs": ("pack",),
    "tokens": ("token",),
    "owed": ("owed",),
    "people": ("people",),
    "archives": ("archive", "key", "source"),
}
"""The commands by file in `dashboard.commands`, where each is called `<command>_command`."""
FILE_OF = {name: file for file, names in FILES.items() for name in names}


class Commands(click.Group):
    """The commands of `FILES`, each loaded when it is asked for."""

    def __init__(self, **given: Any) -> None:
        # Their names, which click lists, and among which it looks for the nearest.
        super().__init__(commands=dict.fromkeys(FILE_OF, cast(click.Command, None)), **given)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in FILE_OF:
            return None
        module = import_module(f"dashboard.commands.{FILE_OF[cmd_name]}")
        return cast(click.Command, getattr(module, f"{cmd_name}_command"))


@click.group(cls=Commands, help="Load, check and publish what the dashboard shows.")
def main() -> None:
    """Run the command `dashboard`."""


if __name__ == "__main__":
    main()
