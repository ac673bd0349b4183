"""The command that makes packs of views to carry away: pack."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click
from pydantic import ValidationError

from dashboard.commands.figures import as_options, choosing
from dashboard.commands.output import FILE, READ, end_with, in_force, print_problems, shown_progress
from dashboard.exports.packs.printed import can_print
from dashboard.loading.apart.limits import readable
from dashboard.loading.files.words_file import languages, read_words
from dashboard.model.people.person import Grant, Person, Role
from dashboard.model.problem import Problem, Weight
from dashboard.model.view.view_query import from_query, unusable
from dashboard.store.locking import machine_failed
from dashboard.store.reading.codes import known_codes
from dashboard.store.reading.reader import Published
from dashboard.tasks.packs.asked import Asked
from dashboard.tasks.packs.making import FORMATS, Made, Write, make, with_template
from dashboard.tasks.packs.moved import list_of, list_yaml
from dashboard.tasks.packs.views import AUDIENCES, Chosen, for_audience, in_file, of_tour

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
        raise click.UsageError(read_words()("command.pack_list_safe" if safe and listed else "command.pack_one_of"))
    query = {field: ",".join(codes) for field, codes in chosen.items() if codes}
    published = in_force(store)
    _check(published, query, targets)
    views = _views(published, query, audience, tour, file)
    lang = query.get("lang", languages()[0])
    formats = _formats(targets, template)
    asked = Asked(store, views.views, READER, lang, safe)
    with shown_progress() as progress:
        made = make(asked, views, formats, published.revision, read_words(lang), progress)
    if isinstance(made, Problem):
        end_with(made)
    _write(made.files, targets)
    if listed:
        _write_list(listed, made, views, published)


def _check(published: Published, query: Mapping[str, str], targets: Sequence[Path]) -> None:
    """End the command if a filter or the ending of a file is not known; say which codes are too many."""
    told = from_query(query, known_codes(published))[1]
    endings = [path.suffix.removeprefix(".") for path in targets]
    known = ", ".join(FORMATS)
    wrong = [
        Problem("no_pack_format", "-o", value=end, expected=known, weight=Weight.FILE)
        for end in endings
        if end not in FORMATS
    ]
    no_pdf = [] if "pdf" not in endings or can_print() else [Problem("no_pdf", "-o", weight=Weight.FILE)]
    _refuse(*as_options(unusable(told)), *wrong, *no_pdf)
    print_problems(as_options(told))


def _views(
    published: Published, query: Mapping[str, str], audience: str | None, tour: str, file: Path | None
) -> Chosen:
    """The views that are named; the command ends if there are none."""
    if audience:
        return for_audience(audience, query)
    found = in_file(file, query) if file else of_tour(published, tour, query, date.today())
    if not isinstance(found, Chosen):
        _refuse(*found)
        sys.exit(WRONG)
    return found


def _formats(targets: Sequence[Path], template: Path | None) -> Mapping[str, Write]:
    """What writes the formats of these files; the command ends if the template is none."""
    own: dict[str, Write] = {}
    if template:
        write = with_template(template.read_bytes(), str(template))
        if isinstance(write, Problem):
            _refuse(write)
        else:
            own["pptx"] = write
    return {name: {**FORMATS, **own}[name] for name in dict.fromkeys(path.suffix.removeprefix(".") for path in targets)}


def _write(files: Mapping[str, bytes], targets: Sequence[Path]) -> None:
    for path in targets:
        content = files[path.suffix.removeprefix(".")]
        _write_file(path, content)
        click.echo(read_words()("command.pack_written", file=path, size=readable(len(content))))


def _write_list(path: Path, made: Made, views: Chosen, published: Published) -> None:
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


def _refuse(*problems: Problem) -> None:
    """End the command with the code for a wrong choice, if there are problems."""
    if problems:
        print_problems(problems)
        click.echo(read_words()("command.not_written"), err=True)
        sys.exit(WRONG)
