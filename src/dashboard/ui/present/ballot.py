"""The page that a phone gets in a room: a code, a group, a vote, the outcome, and a word of thanks at the end.

It is for any phone, and for a hundred of them at once. Its script asks for what is new and sends what is tapped; a
phone without scripts loads the page again instead.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from secrets import token_hex
from types import MappingProxyType

from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboard.loading.yaml_file import language_for, read_words
from dashboard.model.vote import CODE, DEVICE, OpenQuestion, QuestionText, Vote
from dashboard.model.words import Words
from dashboard.store.disk import store_folder
from dashboard.store.votes import RoomError, code_of, last_record, standing, vote
from dashboard.ui.html import render
from dashboard.ui.session import is_guarded


@dataclass(frozen=True)
class BallotStep:
    """A phone's step: `code`, `wait`, `group`, `choose`, `voted`, `revealed`, `closed`, `busy`, or `ended`."""

    name: str
    said: QuestionText | None = None
    told: str = ""
    mine: str = ""
    group: str = ""
    number: int = 0
    ballot: int = 0
    choices: tuple[str, ...] = ()


def page_of(words: Words, step: BallotStep) -> str:
    """Return the whole page."""
    open_ = {code: step.said.choices[code] for code in step.choices} if step.said else {}
    given = {"words": words, "title": words("vote.title"), "style": _text("ballot.css"), "guarded": is_guarded()}
    return render("ballot.html", step=step, open=open_, script=script(), **given)


def script() -> str:
    """Return the script of the page."""
    return _text("ballot.js")


@cache
def _text(name: str) -> str:
    return files("dashboard.ui.present").joinpath(name).read_text("utf-8")


DEVICE_COOKIE, JOINED, GROUP = "device", "joined", "group"
VOTE = "/vote"
LASTS = 43_200
"""Seconds for which a phone keeps its cookies: one evening."""


@dataclass(frozen=True)
class BallotRequest:
    """What a phone sent: the query of its address, the form if there is one, its cookies and its languages."""

    query: Mapping[str, str]
    form: Mapping[str, str] | None
    cookies: Mapping[str, str]
    languages: str = ""


def led_to(address: str, cookies: Mapping[str, str] = MappingProxyType({})) -> Response:
    """Redirect to another address, setting cookies that no script can read."""
    response = RedirectResponse(address, 303)
    for name, value in cookies.items():
        response.set_cookie(name, value, LASTS, httponly=True, samesite="Lax")  # type: ignore[arg-type]
    return response


def answered(asked: BallotRequest) -> Response:
    """Carry out a phone's request and show its step. Every action redirects to the same address without a query."""
    words = read_words(language_for(accepted=asked.languages))
    code = code_of(store_folder())
    if asked.form is None and "code" not in asked.query:
        return _shown(asked, words, code)
    sent = {**asked.query, **(asked.form or {})}
    if "key" in sent:
        return _shown(asked, words, code, told="vote.wrong_key")
    if "code" in sent:
        return _joined(asked, words, code, sent["code"])
    if not DEVICE.fullmatch(asked.cookies.get(DEVICE_COOKIE, "")):
        return _page(words, BallotStep("code", told="vote.no_cookie"))
    if asked.cookies.get(JOINED) != code:
        return led_to(VOTE)
    if "group" in sent:
        return _in_group(sent["group"])
    return _voted(asked, words, code, sent)


def too_many(languages: str) -> Response:
    """Answer a phone that asks too often: nothing was done, and the page reloads by itself."""
    return _page(read_words(language_for(accepted=languages)), BallotStep("busy", told="vote.too_many"), 429)


def ended(languages: str) -> Response:
    """Thank a phone: the room is closed."""
    return _page(read_words(language_for(accepted=languages)), BallotStep("ended"))


def _joined(asked: BallotRequest, words: Words, code: str, given: str) -> Response:
    typed = "".join(given.split()).upper()
    if not CODE.fullmatch(typed) or typed != code:
        return _page(words, BallotStep("code", told="vote.wrong_code"))
    device = asked.cookies.get(DEVICE_COOKIE, "")
    device = device if DEVICE.fullmatch(device) else token_hex(16)
    return led_to(VOTE, {JOINED: code, DEVICE_COOKIE: device})


def _in_group(group: str) -> Response:
    """Store the group in a cookie; whether the question has that group is checked on reading it."""
    safe = group if group.replace("-", "").replace("_", "").isalnum() and group.isascii() else ""
    return led_to(VOTE, {GROUP: safe})


def _voted(asked: BallotRequest, words: Words, code: str, sent: Mapping[str, str]) -> Response:
    now = standing(store_folder())
    number, ballot, choice = sent.get("number", ""), sent.get("ballot", ""), sent.get("choice", "")
    if now is None or (number, ballot) != (str(now.number), str(now.ballot)):
        return _shown(asked, words, code, told="vote.over")
    group = asked.cookies.get(GROUP, "")
    if group not in now.question.in_language(()).groups:
        return led_to(VOTE)
    try:
        vote(store_folder(), now.number, Vote(now.ballot, asked.cookies[DEVICE_COOKIE], choice, group))
    except RoomError as error:
        return _shown(asked, words, code, told=f"vote.{error}")
    return led_to(VOTE)


def _shown(asked: BallotRequest, words: Words, code: str, told: str = "") -> Response:
    if asked.cookies.get(JOINED) != code or not DEVICE.fullmatch(asked.cookies.get(DEVICE_COOKIE, "")):
        return _page(words, BallotStep("code", told=told))
    now = standing(store_folder())
    if now is None:
        return _after(asked, words, told)
    said = now.question.in_language(_wanted(asked.languages))
    group = asked.cookies.get(GROUP, "")
    if group not in said.groups and not now.revealed:
        return _page(words, BallotStep("group", said, told=told))
    return _standing(asked, words, now, said, told)


def _standing(asked: BallotRequest, words: Words, now: OpenQuestion, said: QuestionText, told: str) -> Response:
    mine = now.of_device(asked.cookies[DEVICE_COOKIE])
    step = BallotStep(
        "revealed" if now.revealed else "voted" if mine else "choose",
        said,
        told=told,
        mine=mine.choice if mine else "",
        group=asked.cookies.get(GROUP, ""),
        number=now.number,
        ballot=now.ballot,
        choices=now.question.choices,
    )
    return _page(words, step)


def _after(asked: BallotRequest, words: Words, told: str) -> Response:
    """Return a page with what was decided last, if anything, between two questions."""
    last = last_record(store_folder())
    if last is None:
        return _page(words, BallotStep("wait", told=told))
    said = last.question.in_language(_wanted(asked.languages))
    return _page(words, BallotStep("closed", said, told=told, mine=last.decided))


def _page(words: Words, step: BallotStep, status: int = 200) -> Response:
    return HTMLResponse(page_of(words, step), status)


def _wanted(accepted: str) -> Iterator[str]:
    """Yield the languages a browser asks for, in its order of preference."""
    for part in accepted.split(","):
        yield part.split(";")[0].split("-")[0].strip().lower()
