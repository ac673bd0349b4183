"""Commands that make a file or a folder: template and framework, to fill in, and facts, of what others publish."""

import sys
from datetime import date
from pathlib import Path

import click

from dashboard.commands.output import (
    BOOK,
    FILE,
    READ,
    STORE,
    VERBOSE,
    end_with,
    in_force,
    limited,
    own_words,
    print_each,
    print_groups,
    print_problems,
    print_total,
)
from dashboard.loading.ciso_assistant import read_any_standard
from dashboard.loading.sandbox import read_apart
from dashboard.loading.yaml_file import ENGLISH, read_words
from dashboard.model.problem import Limits, Problem, Weight
from dashboard.model.words import Words
from dashboard.model.workbook import LISTS, AnswerForm, Book, ListsBook
from dashboard.store.history import lacking
from dashboard.tasks.published_facts import make_facts
from dashboard.tasks.standard_folder import StandardResult, file_from_folder, folder_of, template
from dashboard.tasks.workbook_file import (
    KINDS,
    LISTS_FILE,
    WORKBOOK,
    XLSFORM,
    MadeFile,
    WantedFile,
    write_lists_book,
    write_wanted,
)


@click.command("template")
@click.option("--operation", default="", help="The code of the operation. A form without it asks which one.")
@click.option("--round", "round_", default="", help="The code of the round.")
@click.option(
    "--lists", "of_lists", is_flag=True, help="Write the workbook of the lists: countries, operations, rounds."
)
@click.option(
    "--as", "kind", type=click.Choice(KINDS), default=WORKBOOK, show_default=True,
    help="A workbook, or an XLSForm, the form for phones with ODK or KoboToolbox.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="A form also asks what is already answered.")
@click.option("--to", "target", type=FILE, help="The file to write.  [default: OPERATION-ROUND.xlsx]")
@click.option("--language", default=ENGLISH, show_default=True, help="The language of the file.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@STORE
def template_command(
    operation: str, round_: str, of_lists: bool, kind: str, everything: bool, target: Path | None, language: str,
    force: bool, store: Path,
) -> None:  # fmt: skip
    """Write the workbook or form that an operation fills in.

    With --lists, write the workbook of countries, operations and rounds.
    """
    words = own_words()
    if of_lists:
        _conclude_lists(write_lists_book(store, target or Path(LISTS_FILE), force, language), words)
        return
    if (problem := lacking(store)) is not None:
        end_with(problem)
    if not round_:
        raise click.UsageError(words("command.round_needed"))
    if kind != XLSFORM and (everything or not operation):
        raise click.UsageError(words("command.form_only"))
    wanted = WantedFile(operation, round_, kind, everything, language)
    _conclude(write_wanted(store, wanted, target or Path(wanted.name), force), words)


def _conclude_lists(written: MadeFile, words: Words) -> None:
    print_problems(written.problems)
    if not isinstance(written.content, ListsBook):
        click.echo(words("command.not_written"), err=True)
        sys.exit(1)
    held = {form: len(written.content.rows.get(form, ())) for form in LISTS}
    counts = {form: words.count(f"lists.{form}", n) for form, n in held.items()}
    click.echo(words("command.lists_book_written", file=written.file, **counts))


def _conclude(written: MadeFile, words: Words) -> None:
    print_problems(written.problems)
    if not isinstance(written.content, Book | AnswerForm):
        click.echo(words("command.not_written"), err=True)
        sys.exit(1)
    questions = words.count("book.questions", len(written.content.questions))
    if isinstance(written.content, AnswerForm):
        operations = words.count("command.operations", len(written.content.about))
        click.echo(words("command.form_written", file=written.file, questions=questions, operations=operations))
    else:
        sheets = words.count("book.sheets", len(written.content.functions()))
        click.echo(words("command.book_written", file=written.file, questions=questions, sheets=sheets))


@click.command("framework")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--template", "empty", type=FILE, help="Write an empty workbook to fill in.")
@click.option("--from", "--from-xlsx", "source", type=BOOK, help="Read a file into a folder of frameworks.")
@click.option("--into", type=FILE, default="frameworks", show_default=True, help="The folder of frameworks.")
@click.option("--to", "--to-xlsx", "target", type=FILE, help="Write the framework in FOLDER as a workbook.")
@click.option(
    "--force", is_flag=True, help="Overwrite existing files. The former files of a framework are kept beside it."
)
@VERBOSE
@limited
def framework_command(
    folder: Path | None, empty: Path | None, source: Path | None, into: Path, target: Path | None, force: bool,
    verbose: bool, limits: Limits,
) -> None:  # fmt: skip
    """Convert a file to a standard, or a standard to a workbook.

    The name of the file that is read tells its format: .xlsx is our workbook, .yaml a library of CISO Assistant. What
    a standard here cannot hold of a library is listed.
    """
    words = read_words()
    try:
        if empty and not (folder or source or target):
            result = template(empty, words, force)
        elif source and not (folder or empty or target):
            read = read_apart(limits, read_any_standard, source, source.name, name=source.name)
            result = (
                StandardResult(into, problems=(read,)) if isinstance(read, Problem) else folder_of(*read, into, force)
            )
        elif folder and target and not (empty or source):
            result = file_from_folder(folder, target, words, force)
        else:
            raise click.UsageError(own_words()("command.one_way"))
    except OSError as error:
        place = str(error.filename or target or into)
        result = StandardResult(
            into, problems=(Problem("not_written", place, value=error.strerror, weight=Weight.FILE),)
        )
    print_each([problem for problem in result.problems if not problem.serious], verbose)
    # What stops it comes last. Of a file with hundreds of rows, the same mistake in each is one line.
    print_groups([problem for problem in result.problems if problem.serious], None)
    print_total(result.problems)
    conclude_framework(result, source is not None)


def conclude_framework(result: StandardResult, into_folder: bool) -> None:
    words = own_words()
    if any(problem.serious for problem in result.problems):
        click.echo(words("command.not_written"), err=True)
        sys.exit(1)
    if result.standard is None:
        click.echo(words("command.template_written", file=result.place))
        return
    areas = result.standard.framework.areas
    n_criteria = sum(len(area.criteria) for area in areas)
    what = words("command.framework", areas=len(areas), criteria=n_criteria, links=len(result.standard.links))
    if into_folder and not result.written:
        click.echo(words("command.framework_same", place=result.place, what=what))
    else:
        click.echo(words("command.framework_written", place=result.place, what=what))
    if result.set_aside:
        click.echo(words("command.framework_kept", files=", ".join(result.set_aside)))
    if into_folder:
        click.echo(words("command.framework_next", folder=result.place.parent))


@click.command("facts")
@click.argument("countries")
@click.option(
    "--from",
    "sources",
    type=BOOK,
    multiple=True,
    required=True,
    help="A file as it was downloaded; several may be given.",
)
@click.option("--as", "indicator", default="", help="The indicator of a series that no indicator in the list names.")
@click.option("--to", "target", type=FILE, default="context.csv", show_default=True, help="The file to write.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@READ
@limited
def facts_command(
    countries: str, sources: tuple[Path, ...], indicator: str, target: Path, force: bool, store: Path, limits: Limits
) -> None:
    """Write a table of what UNICEF and the World Bank publish.

    COUNTRIES are codes, separated by commas. The latest figure of each indicator is written, with its parts by sex, age
    and urban or rural. Nothing is fetched: download the files first.
    """
    words, codes = own_words(), [code.strip().upper() for code in countries.split(",") if code.strip()]
    made = make_facts(in_force(store), codes, sources, indicator, limits, date.today())
    problems = list(made.problems)
    if target.exists() and not force:
        problems.append(Problem("file_exists", target.name, weight=Weight.FILE))
    if made.rows and not any(problem.weight is Weight.FILE for problem in problems):
        try:
            target.write_text(made.as_table, encoding="utf-8", newline="")
        except OSError as error:
            problems.append(Problem("not_written", str(target), value=error.strerror, weight=Weight.FILE))
    print_problems(tuple(problems))
    if not made.rows or any(problem.weight is Weight.FILE for problem in problems):
        click.echo(words("command.not_written"), err=True)
        sys.exit(1)
    click.echo(words.count("command.facts_written", len(made.rows), file=target))
