"""Commands that write figures, views and reminders to files for others: figures, pack, owed. Nothing is sent."""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote, urlencode

import click
from pydantic import ValidationError

from dashboard.commands.output import FILE, READ, end_with, in_force, own_words, print_problems, shown_progress
from dashboard.exports.figures_file import FORMATS, FiguresTable
from dashboard.exports.packs.printed import can_print
from dashboard.exports.reminders import reminder, reminders_csv
from dashboard.loading.process_limits import readable
from dashboard.loading.sandbox import PrivateFolder
from dashboard.loading.yaml_file import ENGLISH, language_for, languages, read_words
from dashboard.model.permissions import Grant, Person, Role
from dashboard.model.problem import Problem, Weight
from dashboard.model.view_state import MANY, OF_FIGURES, from_query, unusable
from dashboard.queries import ask
from dashboard.queries.collect_answering import OWN_WORK
from dashboard.queries.every_page import given
from dashboard.store.locking import machine_failed
from dashboard.store.overlays import in_language
from dashboard.store.published_codes import known_codes
from dashboard.store.reader import Published
from dashboard.tasks.figure_tables import by_field, figures_of, in_parts
from dashboard.tasks.pack import PACK_FORMATS, MadePack, Write, list_of, list_yaml, make_pack, with_template
from dashboard.tasks.pack_views import AUDIENCES, ChosenViews, PackRequest, for_audience, in_file, of_tour


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for every filter and every other field of the view that affects figures."""
    for name in reversed(OF_FIGURES):
        said = "Codes, separated by commas or given one by one." if name in MANY else "One code."
        command = click.option(f"--{name.replace('_', '-')}", name, multiple=True, metavar="CODE", help=said)(command)
    return command


@click.command("figures")
@click.argument("page")
@click.option("--table", default="", help="Which table of the page; the first by default.")
@click.option(
    "--format", "name", type=click.Choice(list(FORMATS)), help="Output format.  [default: by the end of FILE; json]"
)
@click.option(
    "-o", "--output", "target", type=FILE, metavar="FILE", help="The file to write.  [default: to the terminal]"
)
@READ
@choosing
def figures_command(
    page: str, table: str, name: str | None, target: Path | None, store: Path, **chosen: Sequence[str]
) -> None:
    """Print the figures of PAGE for these filters, with all rows.

    Nothing is written if a code is unknown or does not apply to the page. Of more subjects than can be told apart, the
    first are compared.
    """
    query = {field: ",".join(codes) for field, codes in chosen.items() if codes}
    ending = target.suffix.removeprefix(".") if target else ""
    as_named = FORMATS[name or (ending if ending in FORMATS else "json")]
    found = _found(store, page, table, query)
    try:
        with PrivateFolder() as folder:
            # Copied only when complete: a file that is cut short would look whole.
            as_named.write(found, read_words(), folder / "figures")
            printed = nullcontext(sys.stdout.buffer)
            with (folder / "figures").open("rb") as made, target.open("wb") if target else printed as into:
                shutil.copyfileobj(made, into)
    except OSError as error:
        _refuse(machine_failed(str(target or "-"), error))


def _found(store: Path, page: str, table: str, query: Mapping[str, str]) -> FiguresTable:
    """The figures of the publication in force; the command ends if there are none or the selection is wrong."""
    published = in_force(store, _refuse)
    found = figures_of(published, page, table, query, date.today(), in_parts)
    if isinstance(found, Problem):
        _refuse(found)
    if any(problem.serious for problem in found.problems):
        _refuse(*found.problems)
    print_problems(as_options(found.problems))
    return found


def _refuse(*problems: Problem) -> NoReturn:
    """Print the problems and end with exit code 1."""
    print_problems(as_options(problems))
    click.echo(own_words()("command.figures_not_given"), err=True)
    sys.exit(1)


def as_options(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems of a selection, in sentences that speak of an option instead of a link."""
    return by_field(problems, "--")


EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
WRONG = 2
"""The exit code if something in the command is wrong; 1 if the pack could not be made or written."""
READER = Person("command", "command", (Grant(Role.VIEWER),))
"""Whoever may read the store from the command line sees all of it, also where people sign in on pages."""


@click.command("pack")
@click.option("--audience", type=click.Choice(list(AUDIENCES)), help="The views for this audience.")
@click.option("--tour", default="", metavar="TOUR", help="The steps of this tour.")
@click.option("--views", "file", type=EXISTING, help="The views in this file: saved views, a tour or a former list.")
@click.option("--template", type=EXISTING, help="Your own PPTX file: slides take its size, layout and typeface.")
@click.option("--safe", is_flag=True, help="Hide the names of countries and operations, and all free text.")
@click.option("--list", "listed", type=FILE, metavar="FILE", help="Write the list that makes the pack again.")
@click.option("-o", "--output", "targets", type=FILE, multiple=True, required=True, help="A file, by its ending.")
@READ
@choosing
def pack_command(
    audience: str | None,
    tour: str,
    file: Path | None,
    template: Path | None,
    safe: bool,
    listed: Path | None,
    targets: Sequence[Path],
    store: Path,
    **chosen: Sequence[str],
) -> None:
    """Make slides, a report, a workbook or one page of some views.

    Name the views by --audience, --tour or --views; filters replace those of the views. -o may be given several times.
    Exit codes: 0 made, 1 not made or not written, 2 something in the command is wrong.
    """
    if sum(map(bool, (audience, tour, file))) != 1 or (safe and listed):
        raise click.UsageError(own_words()("command.pack_list_safe" if safe and listed else "command.pack_one_of"))
    query = {field: ",".join(codes) for field, codes in chosen.items() if codes}
    published = in_force(store)
    _check(published, query, targets)
    views = _views(published, query, audience, tour, file, safe)
    lang = query.get("lang", languages()[0])
    formats = _formats(targets, template)
    asked = PackRequest(store, views.views, READER, lang, safe)
    with shown_progress() as progress:
        made = make_pack(asked, views, formats, published.revision, read_words(lang), progress)
    if isinstance(made, Problem):
        end_with(made)
    _write(made.files, targets)
    if listed:
        _write_list(listed, made, views, published)


def _check(published: Published, query: Mapping[str, str], targets: Sequence[Path]) -> None:
    """End the command if a filter or the ending of a file is not known; say which codes are too many."""
    told = from_query(query, known_codes(published))[1]
    endings = [path.suffix.removeprefix(".") for path in targets]
    known = ", ".join(PACK_FORMATS)
    wrong = [
        Problem("no_pack_format", "-o", value=end, expected=known, weight=Weight.FILE)
        for end in endings
        if end not in PACK_FORMATS
    ]
    no_pdf = [] if "pdf" not in endings or can_print() else [Problem("no_pdf", "-o", weight=Weight.FILE)]
    if refused := (*as_options(unusable(told)), *wrong, *no_pdf):
        _refuse_choice(*refused)
    print_problems(as_options(told))


def _views(
    published: Published, query: Mapping[str, str], audience: str | None, tour: str, file: Path | None, safe: bool
) -> ChosenViews:
    """The views that are named; the command ends if there are none."""
    if audience:
        return for_audience(published, audience, query, date.today(), safe)
    found = in_file(file, query) if file else of_tour(published, tour, query, date.today())
    if not isinstance(found, ChosenViews):
        _refuse_choice(*found)
    return found


def _formats(targets: Sequence[Path], template: Path | None) -> Mapping[str, Write]:
    """What writes the formats of these files; the command ends if the template is none."""
    own: dict[str, Write] = {}
    if template:
        write = with_template(template.read_bytes(), str(template))
        if isinstance(write, Problem):
            _refuse_choice(write)
        own["pptx"] = write
    return {
        name: {**PACK_FORMATS, **own}[name] for name in dict.fromkeys(path.suffix.removeprefix(".") for path in targets)
    }


def _write(files: Mapping[str, bytes], targets: Sequence[Path]) -> None:
    for path in targets:
        content = files[path.suffix.removeprefix(".")]
        _write_file(path, content)
        click.echo(own_words()("command.pack_written", file=path, size=readable(len(content))))


def _write_list(path: Path, made: MadePack, views: ChosenViews, published: Published) -> None:
    try:
        content = list_yaml(list_of(made.pack, published.revision.number, views.views))
    except ValidationError:
        end_with(Problem("not_listed", str(path), weight=Weight.FILE))
    _write_file(path, content)


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        end_with(machine_failed(str(path), error))


def _refuse_choice(*problems: Problem) -> NoReturn:
    """End the command with the code for a wrong choice."""
    print_problems(problems)
    click.echo(own_words()("command.not_written"), err=True)
    sys.exit(WRONG)


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
        raise click.UsageError(own_words()("command.owed_folder"))
    published = in_force(store)
    rows = _owing(published, round_)
    if not rows:
        click.echo(own_words()("command.owed_nothing"), err=True)
        return
    try:
        if name == "eml" and target is not None:
            _write_messages(target, _each_in_their_language(published, rows, round_), url)
        elif target is not None:
            target.write_bytes(reminders_csv(rows))
        else:
            sys.stdout.buffer.write(reminders_csv(rows))
    except OSError as error:
        end_with(machine_failed(str(target or "-"), error))


def _owing(published: Published, round_: str, language: str = ENGLISH) -> Sequence[Row]:
    """What is left to answer, or came back, told in a language; the command ends if the round is unknown."""
    published = in_language(published, language)
    known = known_codes(published)
    state, wrong = from_query({"round": round_} if round_ else {}, known)
    if wrong:
        end_with(*wrong)
    found = ask.rows(published, OWN_WORK, given(published, state, known, date.today()))
    owing = [row for row in found if row["n_left"] or row["n_back"]]
    return [{**row, "n_waiting": sum(step["n"] for step in row["steps"])} for row in owing]


def _each_in_their_language(published: Published, rows: Sequence[Row], round_: str) -> list[tuple[str, list[Row]]]:
    """The rows of each operation in the language in which it is handed workbooks, with that language."""
    with published.cursor() as cursor:
        own = dict(cursor.execute("SELECT operation, language FROM operation").fetchall())
    wanted = {row["operation"]: language_for(own.get(row["operation"]) or "") for row in rows}
    told = {language: _owing(published, round_, language) for language in {*wanted.values()}}
    return [
        (language, [row for row in told[language] if row["operation"] == operation])
        for operation, language in wanted.items()
    ]


def _write_messages(folder: Path, by_operation: Sequence[tuple[str, list[Row]]], url: str) -> None:
    """Write one message for each operation, under its code."""
    words = own_words()
    folder.mkdir(parents=True, exist_ok=True)
    for language, mine in by_operation:
        operation = str(mine[0]["operation"])
        query = {"part": "answer", "operation": operation, "round": mine[0]["round"], "framework": mine[0]["framework"]}
        address = f"{url.rstrip('/')}/collect?{urlencode(query)}" if url else ""
        (folder / f"{quote(operation, safe='')}.eml").write_bytes(reminder(mine, read_words(language), address))
    click.echo(words.count("command.owed_written", len(by_operation), folder=folder), err=True)
