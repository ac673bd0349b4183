"""The command line: check, publish, import, history, revert, close, reopen, template, framework, demo, room, serve."""

import click

from dashboard.commands import making, serving, storing


@click.group(help="Load, check and publish what the dashboard shows.")
def main() -> None:
    """The command `dashboard`."""


COMMANDS = (
    *(storing.check_command, storing.publish_command, storing.import_command, storing.history_command),
    *(storing.revert_command, storing.close_command, storing.reopen_command),
    *(making.template_command, making.framework_command, serving.demo_command, serving.room_command),
    serving.serve_command,
)
for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main()
