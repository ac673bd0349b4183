"""The command line: related commands share a file."""

import click

from dashboard.commands import (
    archives,
    figures,
    keeping,
    making,
    owed,
    packs,
    people,
    serving,
    storing,
    tokens,
    upgrading,
)


@click.group(help="Load, check and publish what the dashboard shows.")
def main() -> None:
    """Run the command `dashboard`."""


COMMANDS = (
    *(storing.check_command, storing.publish_command, storing.import_command),
    *(storing.close_command, storing.reopen_command),
    *(upgrading.upgrade_command, upgrading.replicate_command),
    *(keeping.history_command, keeping.revert_command, keeping.repair_command, keeping.prune_command),
    *(making.template_command, making.framework_command, serving.demo_command, serving.room_command),
    *(serving.serve_command, figures.figures_command, packs.pack_command, tokens.token_command, owed.owed_command),
    people.people_command,
    *(archives.archive_command, archives.key_command, archives.source_command),
)
for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main()
