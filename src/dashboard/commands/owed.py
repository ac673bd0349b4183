"""The command for reminders: owed. It writes files; nothing is sent."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, urlencode

import click

from dashboard.commands.output import FILE, READ, end_with, in_force
from dashboard.exports.reminders import reminder, reminders_csv
from dashboard.loading.files.words_file import read_words
from dashboard.model.view.view_query import from_query
from dashboard.queries import ask
from dashboard.queries.collect.questions import OWN_WORK
from dashboard.queries.given import given
from dashboard.store.locking import machine_failed
from dashboard.store.reading.codes import known_codes

Row = Mapping[str, object]


@click.command("owed")
@click.option("--format", "name", type=click.Choice(["csv", "eml"]), default="csv", show_default=True, help="Format.")
@click.option("--round", "round_", default="", help="The round.  [default: the latest]")
@click.option(
    "-o", "--output", "target", type=FILE, metavar="PATH", help="The file of csv, or the folder of the messages."
)
@click.option("--url", default="", help="Address of the dashboard, for links in messages.")
@READ
def owed_command(name: str, round_: str, target: Path | None, url: str, store: Path) -> None:
    """Write what operations still owe in a round, for reminders.

    As csv, one row for each operation and standard; as eml, one draft of a message for each operation. Nothing is sent.
    """
    if name == "eml" and target is None:
        raise click.UsageError(read_words()("command.owed_folder"))
    rows = _owing(store, round_)
    if not rows:
        click.echo(read_words()("command.owed_nothing"), err=True)
        return
    try:
        if name == "eml" and target is not None:
            _write_messages(target, rows, url)
        elif target is not None:
            target.write_bytes(reminders_csv(rows))
        else:
            sys.stdout.buffer.write(reminders_csv(rows))
    except OSError as error:
        end_with(machine_failed(str(target or "-"), error))


def _owing(store: Path, round_: str) -> Sequence[Row]:
    """What is left to answer, or came back; the command ends if nothing is published or the round is unknown."""
    published = in_force(store)
    known = known_codes(published)
    state, wrong = from_query({"round": round_} if round_ else {}, known)
    if wrong:
        end_with(*wrong)
    found = ask.rows(published, OWN_WORK, given(published, state, known, date.today()))
    owing = [row for row in found if row["n_left"] or row["n_back"]]
    return [{**row, "n_waiting": sum(step["n"] for step in row["steps"])} for row in owing]


def _write_messages(folder: Path, rows: Sequence[Row], url: str) -> None:
    """Write one message for each operation, under its code."""
    words = read_words()
    folder.mkdir(parents=True, exist_ok=True)
    by_operation = [list(of_one) for _, of_one in groupby(rows, lambda row: row["operation"])]
    for mine in by_operation:
        operation = str(mine[0]["operation"])
        query = {"part": "answer", "operation": operation, "round": mine[0]["round"], "framework": mine[0]["framework"]}
        address = f"{url.rstrip('/')}/collect?{urlencode(query)}" if url else ""
        (folder / f"{quote(operation, safe='')}.eml").write_bytes(reminder(mine, words, address))
    click.echo(words.count("command.owed_written", len(by_operation), folder=folder), err=True)
