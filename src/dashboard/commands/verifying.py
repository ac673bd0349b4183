"""The command that compares a standard with its document: verify, in the terminal, on a local page or by a table."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from dashboard.commands.output import BOOK, end_with, own_words, print_problems
from dashboard.model.problem import Problem, sentence
from dashboard.tasks.server import open_browser
from dashboard.tasks.verdicts import MARKS, OTHERWISE, Verdict
from dashboard.tasks.verify_page import about, serve_page, standing
from dashboard.tasks.verifying import VerifiedItem, VerifiedStandard, give, open_standard, take_table, wrong_day

KEYS = {str(n): code for n, code in enumerate(MARKS, start=1)}
"""What is typed for each verdict."""
STOPS = "q"


@click.command("verify")
@click.argument("standard")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--page", "on_page", is_flag=True, help="Verify on a page in the browser that only this machine reaches.")
@click.option("--from", "source", type=BOOK, help="Take the verdicts of a table, a CSV file.")
@click.option(
    "--item", "only", multiple=True, metavar="ID", help="Only this criterion, also if it has a verdict; repeatable."
)
@click.option("--role", default="", help="The role in which you do this, not your name. Asked for if it is not given.")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="The day of the verdicts.  [default: today]")
def verify_command(
    standard: str, folder: Path, on_page: bool, source: Path | None, only: Sequence[str], role: str, day: str
) -> None:
    """Compare a standard with its document, criterion by criterion.

    STANDARD is its id, and FOLDER a folder of standards: each verdict sets the mark of a criterion in its
    framework.yaml, and becomes a row of verified.csv beside it. Called again, it goes on with the first criterion
    without a verdict.
    """
    opened = open_standard(folder, standard)
    if isinstance(opened, list):
        end_with(*opened)
    usual = Verdict("", "", "", role=role, date=day or date.today().isoformat())
    if wrong := list(wrong_day(usual.date, date.today())):
        end_with(*wrong)
    if source is not None:
        done = take_table(opened, source, usual, date.today())
        print_problems(done.problems)
        click.echo(own_words().count("verify.taken", done.taken, file=source.name))
        _conclude(done.standard, folder)
        sys.exit(1 if done.problems else 0)
    if on_page:
        _conclude(serve_page(opened, usual, own_words(), date.today, _begun), folder)
    else:
        click.echo(standing(opened, own_words()))
        _conclude(_ask(opened, _chosen(opened, only), usual), folder)


def _begun(address: str) -> None:
    click.echo(own_words()("verify.opened", address=address))
    open_browser(address)


def _conclude(standard: VerifiedStandard, folder: Path) -> None:
    """Print how far it is now and, if anything was written, what comes next."""
    words = own_words()
    click.echo(standing(standard, words))
    if standard.framework.version != standard.began:
        click.echo(words("verify.next", folder=folder))


def _chosen(standard: VerifiedStandard, only: Sequence[str]) -> list[VerifiedItem]:
    """The criteria that are named, or all without a verdict; the command ends if one that is named is unknown."""
    if not only:
        return [item for item in standard.items() if not item.counts]
    found = [standard.item(one) for one in only]
    if wrong := [one for one in found if isinstance(one, Problem)]:
        end_with(*wrong)
    return [one for one in found if isinstance(one, VerifiedItem)]


def _ask(standard: VerifiedStandard, items: Sequence[VerifiedItem], usual: Verdict) -> VerifiedStandard:
    """Ask about one criterion after the other, until somebody stops or what is typed ends."""
    words = own_words()
    if not items:
        click.echo(words("verify.all_given"))
        return standard
    try:
        while not usual.role:
            usual = replace(usual, role=_prompt("verify.role"))
        click.echo(words("verify.how"))
        for n, item in enumerate(items, start=1):
            _show(item, n, len(items))
            while (given := _typed(item, usual)) is not None:
                done = give(standard, given, date.today())
                if isinstance(done, VerifiedStandard):
                    standard = done
                    break
                _tell(done)
    except click.Abort:
        click.echo()
    return standard


def _show(item: VerifiedItem, n: int, of: int) -> None:
    words, one = own_words(), item.criterion
    click.echo()
    click.echo(words("verify.heading", criterion=one.criterion, area=item.area.title, n=n, of=of))
    for line in (one.text, *about(item, words)):
        click.echo(click.wrap_text(line, 100, "  ", "  "))
    click.echo(words("verify.asks"))
    for key, code in KEYS.items():
        verdict = {"verdict": words(f"verify.{code}"), "help": words(f"verify.help_{code}")}
        click.echo("  " + words("verify.choice", key=key, **verdict))


def _typed(item: VerifiedItem, usual: Verdict) -> Verdict | None:
    """What somebody types on a criterion; None to skip it."""
    while (key := _prompt("verify.answer")) not in KEYS:
        if not key:
            return None
        _tell([Problem("bad_verdict", "verdict", value=key, expected=", ".join(KEYS))])
    verdict, found = KEYS[key], _prompt("verify.page")
    instead = _prompt("verify.instead") if verdict == OTHERWISE else ""
    return replace(usual, criterion=item.criterion.criterion, verdict=verdict, page=found, instead=instead)


def _tell(problems: Sequence[Problem]) -> None:
    for one in problems:
        click.echo(sentence(one, own_words()), err=True)


def _prompt(key: str) -> str:
    """What is typed; raises Abort if somebody stops."""
    typed = str(click.prompt(own_words()(key), default="", show_default=False)).strip()
    if typed == STOPS:
        raise click.Abort
    return typed
