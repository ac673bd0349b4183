"""The command for translators: words."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from dashboard.commands.output import FILE, end_with, own_words, print_problems
from dashboard.loading.frameworks import read_library
from dashboard.loading.yaml_file import ENGLISH, languages, read_words
from dashboard.model.deployment import SHIPPED
from dashboard.model.problem import Weight
from dashboard.store.locking import machine_failed
from dashboard.tasks.po_files import PoReader, from_po, to_po
from dashboard.tasks.translations import Texts, library_files, states_said, texts_in, unknown_language, words_yaml


@click.command("words")
@click.argument("language")
@click.option("--to", "target", type=FILE, help="Write the PO file of the language, for translators.")
@click.option("--from", "source", type=FILE, help="Read a PO file that translators have filled in.")
@click.option(
    "--frameworks", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SHIPPED[0],
    help="The folder of standards, guidance and cases.",
)  # fmt: skip
@click.option("--into", type=FILE, help="The folder to write to: `words` and `frameworks` are made in it.")
@click.option("--role", default="", help="Who has read what is not fuzzy.")
@click.option("--approved", is_flag=True, help="What is not fuzzy is not only read but approved.")
def words_command(
    language: str, target: Path | None, source: Path | None, frameworks: Path, into: Path | None, role: str,
    approved: bool,
) -> None:  # fmt: skip
    """Count the texts of a language, or exchange them with translators.

    Texts that are fuzzy in the PO file are drafts, or were made from English that has changed since.
    """
    words = own_words()
    if language == ENGLISH:
        raise click.UsageError(words("command.words_english"))
    if (unknown := unknown_language(language)) is not None:
        end_with(unknown)
    library, problems = read_library([frameworks])
    if any(problem.serious for problem in problems):
        end_with(*problems)
    own = read_words(language if language in languages() else languages()[0])
    texts = texts_in(language, own, library)
    if source is not None:
        if into is None:
            raise click.UsageError(words("command.words_into"))
        reader = PoReader(role.strip(), date.today(), "approved" if approved else "read")
        texts = _read(source, texts, reader)
        made = {f"words/{language}.yaml": words_yaml(texts), **library_files(texts, library)}
        _write(into, {name: content.encode() for name, content in made.items()})
    if target is not None:
        _write(target.parent, {target.name: to_po(texts, date.today())})
    click.echo(states_said(texts, words))


def _write(into: Path, contents: Mapping[str, bytes]) -> None:
    """Write files below a folder, and say which; the command ends if the machine refuses."""
    for name, content in contents.items():
        path = into / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            end_with(machine_failed(str(path), error))
        click.echo(own_words()("command.words_written", file=path))


def _read(source: Path, texts: Texts, reader: PoReader) -> Texts:
    try:
        content = source.read_bytes()
    except OSError as error:
        end_with(machine_failed(str(source), error))
    read, problems = from_po(content, source.name, texts, reader)
    print_problems(problems)
    if any(problem.weight is Weight.FILE for problem in problems):
        click.echo(own_words()("command.not_written"), err=True)
        sys.exit(1)
    return read
