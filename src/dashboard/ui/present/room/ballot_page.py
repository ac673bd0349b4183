"""What does the voting page look like? Plain HTML without scripts, for any phone, and a hundred of them at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from dashboard.model.present.vote import QuestionText
from dashboard.model.words import Words
from dashboard.ui.session import is_guarded


@dataclass(frozen=True)
class Step:
    """A phone's current step: `code`, `wait`, `group`, `choose`, `voted`, `revealed`, `closed`, or `busy`."""

    name: str
    said: QuestionText | None = None
    told: str = ""
    mine: str = ""
    group: str = ""
    number: int = 0
    ballot: int = 0
    choices: tuple[str, ...] = ()


def page_of(words: Words, step: Step) -> str:
    """Return the whole page."""
    body = "\n".join(_body(words, step))
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>{escape(words('vote.title'))}</title><style>{_style()}</style></head>\n<body><main>\n{body}\n"
        f"</main>\n{_leads(words) if is_guarded() else ''}</body></html>\n"
    )


def _body(words: Words, step: Step) -> Iterator[str]:
    if step.told:
        yield f'<p class="told" role="alert">{escape(words(step.told))}</p>'
    if step.name == "busy":
        return
    if step.said is None:
        yield from _code(words) if step.name == "code" else (f"<h1>{escape(words('vote.wait'))}</h1>",)
        return
    if step.name == "group":
        yield f"<h1>{escape(words('vote.group'))}</h1><p>{escape(words('vote.group_help'))}</p>"
        yield _buttons("group", step.said.groups, "", {})
        return
    yield f"<h1>{escape(step.said.asks)}</h1>"
    yield f'<p class="about">{escape(step.said.about)}</p>' if step.said.about else ""
    yield f"<p>{escape(step.said.where)}</p>" if step.said.where else ""
    yield from _after(words, step, step.said) if step.name in ("revealed", "closed") else _vote(words, step, step.said)


def _code(words: Words) -> Iterator[str]:
    yield f"<h1>{escape(words('vote.join'))}</h1>"
    yield (
        f'<form method="post" action="/vote"><label for="code">{escape(words("vote.code"))}</label>'
        '<input id="code" name="code" maxlength="7" autocapitalize="characters" autocomplete="off" spellcheck="false" '
        f"required><button>{escape(words('vote.enter'))}</button></form>"
    )


def _vote(words: Words, step: Step, said: QuestionText) -> Iterator[str]:
    if step.name == "voted":
        yield f'<p class="done" role="status">{escape(words("vote.voted"))}</p>'
    elif step.ballot > 1:
        yield f"<p>{escape(words('vote.again'))}</p>"
    hidden = {"number": str(step.number), "ballot": str(step.ballot)}
    yield _buttons("choice", {code: said.choices[code] for code in step.choices}, step.mine, hidden)
    group = said.groups.get(step.group, "")
    yield (
        f"<details><summary>{escape(words('vote.in_group', group=group))}</summary>"
        f"{_buttons('group', said.groups, step.group, {})}</details>"
    )


def _after(words: Words, step: Step, said: QuestionText) -> Iterator[str]:
    mine = said.choices.get(step.mine, "")
    if step.name == "closed":
        yield f'<p class="done">{escape(words("vote.decided" if mine else "vote.closed", choice=mine))}</p>'
        return
    yield f'<p class="done">{escape(words("vote.revealed"))}</p>'
    yield f"<p>{escape(words('vote.yours', choice=mine) if mine else words('vote.none'))}</p>"


def _buttons(name: str, choices: Mapping[str, str], chosen: str, hidden: Mapping[str, str]) -> str:
    kept = "".join(f'<input type="hidden" name="{escape(n)}" value="{escape(v)}">' for n, v in hidden.items())
    each = "".join(
        f'<button name="{name}" value="{escape(code)}" aria-pressed="{"true" if code == chosen else "false"}">'
        f"{'✓ ' if code == chosen else ''}{escape(title)}</button>"
        for code, title in choices.items()
    )
    return f'<form method="post" action="/vote">{kept}{each}</form>'


def _leads(words: Words) -> str:
    """Return the way in for the facilitator, if a key opens it; placed out of everybody else's way."""
    return (
        f'<footer><details><summary>{escape(words("vote.leads"))}</summary><form method="post" action="/vote">'
        f'<label for="key">{escape(words("vote.key"))}</label><input id="key" name="key" type="password" '
        f'autocomplete="off" required><button>{escape(words("vote.enter"))}</button></form></details></footer>'
    )


@cache
def _style() -> str:
    return files("dashboard.ui.present.room").joinpath("ballot.css").read_text("utf-8")
