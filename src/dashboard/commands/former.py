"""Commands that no longer exist: each ends with what to do instead, and with exit code 2."""

import click

from dashboard.loading.yaml_file import read_words

FORMER = {
    "archive": "copy",
    "key": "copy",
    "source": "copy",
    "people list": "page",
    "people name": "page",
    "replicate": "files",
    "shipped": "sample",
}
"""Each former command, with what its sentence is called in `former`. A command of a group has the name of both."""


class LeadingOn(click.Group):
    """A group of commands that knows the former ones too."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; a former one ends here, whatever its arguments."""
        name = " ".join((*_names(ctx), args[0]))
        if name in FORMER:
            raise click.UsageError(read_words()(f"former.{FORMER[name]}", command=name), ctx)
        return super().resolve_command(ctx, args)


def _names(ctx: click.Context) -> tuple[str, ...]:
    """The names of a group and of those that it belongs to, without that of the program."""
    return (*_names(ctx.parent), str(ctx.info_name)) if ctx.parent else ()
