"""What does a phone that joins a room get? One page of plain HTML: a code, a group, a vote, and the outcome."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from secrets import token_hex
from types import MappingProxyType

from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboard.loading.files.words_file import languages, read_words
from dashboard.model.present.vote import CODE, DEVICE, QuestionText, Standing, Vote
from dashboard.model.words import Words
from dashboard.store.location import store_folder
from dashboard.store.votes.counting import vote
from dashboard.store.votes.room import RoomError, code_of, last_record, standing
from dashboard.ui.present.room.ballot_page import Step, page_of

DEVICE_COOKIE, JOINED, GROUP = "device", "joined", "group"
VOTE = "/vote"
LASTS = 43_200
"""Seconds for which a phone keeps its cookies: one evening."""
SOON, LATER = 3, 20
"""Seconds until a phone refreshes: while it waits, and while somebody chooses."""


@dataclass(frozen=True)
class Asked:
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


def answered(asked: Asked) -> Response:
    """Carry out a phone's request and show its step. Every action redirects to the same address without a query."""
    words = read_words(_spoken(asked.languages))
    code = code_of(store_folder())
    if asked.form is None and "code" not in asked.query:
        return _shown(asked, words, code)
    sent = {**asked.query, **(asked.form or {})}
    if "key" in sent:
        return _shown(asked, words, code, told="vote.wrong_key")
    if "code" in sent:
        return _joined(asked, words, code, sent["code"])
    if not DEVICE.fullmatch(asked.cookies.get(DEVICE_COOKIE, "")):
        return _page(words, Step("code", told="vote.no_cookie"))
    if asked.cookies.get(JOINED) != code:
        return led_to(VOTE)
    if "group" in sent:
        return _in_group(sent["group"])
    return _voted(asked, words, code, sent)


def too_many(languages: str) -> Response:
    """Answer a phone that asks too often: nothing was done, and the page reloads by itself."""
    return _page(read_words(_spoken(languages)), Step("busy", told="vote.too_many"), SOON, 429)


def _joined(asked: Asked, words: Words, code: str, given: str) -> Response:
    typed = "".join(given.split()).upper()
    if not CODE.fullmatch(typed) or typed != code:
        return _page(words, Step("code", told="vote.wrong_code"))
    device = asked.cookies.get(DEVICE_COOKIE, "")
    device = device if DEVICE.fullmatch(device) else token_hex(16)
    return led_to(VOTE, {JOINED: code, DEVICE_COOKIE: device})


def _in_group(group: str) -> Response:
    """Store the group in a cookie; whether the question has that group is checked on reading it."""
    safe = group if group.replace("-", "").replace("_", "").isalnum() and group.isascii() else ""
    return led_to(VOTE, {GROUP: safe})


def _voted(asked: Asked, words: Words, code: str, sent: Mapping[str, str]) -> Response:
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


def _shown(asked: Asked, words: Words, code: str, told: str = "") -> Response:
    if asked.cookies.get(JOINED) != code or not DEVICE.fullmatch(asked.cookies.get(DEVICE_COOKIE, "")):
        return _page(words, Step("code", told=told))
    now = standing(store_folder())
    if now is None:
        return _after(asked, words, told)
    said = now.question.in_language(_wanted(asked.languages))
    group = asked.cookies.get(GROUP, "")
    if group not in said.groups and not now.revealed:
        return _page(words, Step("group", said, told=told), LATER)
    return _standing(asked, words, now, said, told)


def _standing(asked: Asked, words: Words, now: Standing, said: QuestionText, told: str) -> Response:
    mine = now.of_device(asked.cookies[DEVICE_COOKIE])
    step = Step(
        "revealed" if now.revealed else "voted" if mine else "choose",
        said,
        told=told,
        mine=mine.choice if mine else "",
        group=asked.cookies.get(GROUP, ""),
        number=now.number,
        ballot=now.ballot,
        choices=now.question.choices,
    )
    return _page(words, step, LATER if step.name == "choose" else SOON)


def _after(asked: Asked, words: Words, told: str) -> Response:
    """Return a page with what was decided last, if anything, between two questions."""
    last = last_record(store_folder())
    if last is None:
        return _page(words, Step("wait", told=told), SOON)
    said = last.question.in_language(_wanted(asked.languages))
    return _page(words, Step("closed", said, told=told, mine=last.decided), SOON)


def _page(words: Words, step: Step, again_in: int = 0, status: int = 200) -> Response:
    return HTMLResponse(page_of(words, step), status, {"refresh": str(again_in)} if again_in else None)


def _wanted(accepted: str) -> Iterator[str]:
    """Yield the languages a browser asks for, in its order of preference."""
    for part in accepted.split(","):
        yield part.split(";")[0].split("-")[0].strip().lower()


def _spoken(accepted: str) -> str:
    known = languages()
    return next((code for code in _wanted(accepted) if code in known), known[0])
