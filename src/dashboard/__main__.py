"""The command line: what is published, and what is written, served and carried into a new version."""

import click

from dashboard.commands import making, serving, storing, upgrading


@click.group(help="Load, check and publish what the dashboard shows.")
def main() -> None:
    """The command `dashboard`."""


COMMANDS = (
    *(storing.check_command, storing.publish_command, storing.import_command, storing.history_command),
    *(storing.revert_command, storing.close_command, storing.reopen_command, upgrading.upgrade_command),
    *(making.template_command, making.framework_command, serving.demo_command, serving.room_command),
)
for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main()
