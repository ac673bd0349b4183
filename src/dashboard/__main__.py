"""The command line: related commands share a file, and only the file of the command that is run is loaded."""

from importlib import import_module
from typing import Any, cast

import click

from dashboard.commands.output import LeadingOn
from dashboard.model.deployment import version

COMMANDS = {
    "Daily": {
        "check": "publish",
        "import": "publish",
        "publish": "publish",
        "history": "maintenance",
        "revert": "maintenance",
        "figures": "export",
        "pack": "export",
    },
    "Once a round": {
        "framework": "templates",
        "verify": "verifying",
        "template": "templates",
        "words": "translating",
        "facts": "templates",
        "owed": "export",
        "close": "publish",
        "reopen": "publish",
    },
    "Server": {
        "demo": "serving",
        "room": "serving",
        "serve": "serving",
        "people": "access",
        "token": "access",
        "prune": "maintenance",
        "repair": "maintenance",
        "upgrade": "maintenance",
    },
}
"""The commands as they are listed: by group, each with its file in `dashboard.commands`, where it is called
`<command>_command`. There are at most 23; one that goes is listed in `FORMER`."""
FILE_OF = {name: file for files in COMMANDS.values() for name, file in files.items()}


class Commands(LeadingOn):
    """The commands of `COMMANDS`, each loaded when it is asked for, and listed by group."""

    def __init__(self, **given: Any) -> None:
        # Their names, among which click looks for the nearest.
        super().__init__(commands=dict.fromkeys(FILE_OF, cast(click.Command, None)), **given)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in FILE_OF:
            return None
        module = import_module(f"dashboard.commands.{FILE_OF[cmd_name]}")
        return cast(click.Command, getattr(module, f"{cmd_name}_command"))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each group with its commands and what they do."""
        longest = max(map(len, FILE_OF))
        for title, names in COMMANDS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            said = [(name, one.get_short_help_str(formatter.width - longest - 6)) for name, one in commands if one]
            with formatter.section(title):
                formatter.write_dl([(name.ljust(longest), text) for name, text in said])


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"dashboard {version()}")
        context.exit()


@click.group(cls=Commands, help="Load, check and publish what the dashboard shows.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_tell_version, help="Print the version."
)
def main() -> None:
    """Run the command `dashboard`."""


if __name__ == "__main__":
    main()
