"""Translations as the PO file that translators' tools open: written, and read back.

`msgctxt` is the key of a text: `problem.expected` of the interface, `CRBP-01.a|text` of the library. What nobody has
read, or was made from other English, is *fuzzy*; what is not fuzzy has been read.
"""

import gettext
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po, write_po

from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.translation import ReadState, TextReading, fingerprint
from dashboard.model.words import OTHERWISE
from dashboard.tasks.translations import INSIDE, Said, Texts

FUZZY = "fuzzy"
MARKS = re.compile(r"</?[a-z]+[^>]*>|`|\*\*|\]\(")
"""What marks up a text: its number must be that of the English."""
CONTEXT = re.compile(r'msgctxt "(.*)"')


def plural_forms(language: str) -> tuple[str, ...]:
    """The plurals of a language by the names of the CLDR, in the order of a PO file."""
    n, expression = get_plural(language)
    index: Callable[[int], int] = gettext.c2py(expression)
    rule = Locale.parse(language, sep="-").plural_form
    first = {index(number): number for number in range(200, -1, -1)}
    return tuple(rule(first[place]) if place in first else OTHERWISE for place in range(n))


def to_po(texts: Texts, made_on: date) -> bytes:
    """The PO file of a language: every text with its key, where it is shown, and what is said so far."""
    title = "Child rights dashboard"
    at = datetime.combine(made_on, time(), UTC)
    catalog = Catalog(
        texts.language,
        header_comment="#",
        project=title,
        version="1",
        creation_date=at,
        revision_date=at,
        fuzzy=False,
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
    )
    forms = plural_forms(texts.language)
    for key, english in texts.english.items():
        stem, _, form = key.rpartition(".")
        many = texts.english.get(f"{stem}.{OTHERWISE}") if form == "one" else None
        if form == OTHERWISE and f"{stem}.one" in texts.english:
            continue
        keys = [f"{stem}.{name}" for name in forms] if many else [key]
        said = [texts.said.get(name) for name in keys]
        states = {
            one.state(texts.english.get(name, many or english)) for name, one in zip(keys, said, strict=True) if one
        }
        own = tuple(one.text if one else "" for one in said)
        where = texts.where.get(key.partition(".")[0]) if INSIDE not in key else key.partition(INSIDE)[0]
        catalog.add(
            (english, many) if many else english,
            own if many else own[0],
            context=stem if many else key,
            flags={FUZZY} if states & {"draft", "stale"} else (),
            auto_comments=[where] if where else (),
        )
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, omit_header=False)
    return stream.getvalue()


@dataclass(frozen=True)
class PoReader:
    """Who has read what is not fuzzy, and what that makes of it."""

    role: str = ""
    on: date = date.min
    state: ReadState = "read"


def from_po(content: bytes, name: str, texts: Texts, reader: PoReader) -> tuple[Texts, tuple[Problem, ...]]:
    """The texts with what a PO file says, and what is wrong with it; a wrong text is left out, the others count."""
    twice = tuple(_twice(content, name))
    try:
        catalog = read_po(io.BytesIO(content), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        line = getattr(error, "lineno", None)
        return texts, (Problem("unreadable", name, line, value=str(error), weight=Weight.FILE),)
    language = str(catalog.locale or "")
    if language != texts.language:
        wrong = Problem("po_language", name, value=language, expected=texts.language, weight=Weight.FILE)
        return texts, (wrong,)
    problems, said = list(twice), dict(texts.said)
    forms = plural_forms(texts.language)
    for message in catalog:
        if not message.id:
            continue
        for key, english, own in _told(message, forms):
            problem = _wrong(message, key, english, own, texts, name)
            if problem is not None:
                problems.append(problem)
            elif not own:
                said.pop(key, None)
            else:
                said[key] = _said(own, english, said.get(key), FUZZY in message.flags, reader)
    unread = [key for key, one in said.items() if one.reading is not None and not one.reading.role]
    if unread:
        return texts, (Problem("po_role", name, value=str(len(unread)), weight=Weight.FILE), *problems)
    # A language may have several plurals where ours has one text.
    return replace(texts, said=said), tuple(dict.fromkeys(problems))


def _said(own: str, english: str, before: Said | None, fuzzy: bool, reader: PoReader) -> Said:
    made = fingerprint(english)
    if fuzzy:
        # Handed back as it was, nobody has looked at it: what it was made from stays.
        return Said(own, before.made_from if before and before.text == own else made)
    kept = before is not None and before.text == own and before.made_from == made and before.reading is not None
    reading = before.reading if kept and before else TextReading.model_construct(**vars(reader))
    return Said(own, made, reading)


def _told(message: Message, forms: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Key, English and translation of one message: one for each plural."""
    context = message.context or ""
    if not isinstance(message.id, tuple | list):
        yield context, str(message.id), str(message.string or "")
        return
    one, many = message.id
    own = message.string if isinstance(message.string, tuple | list) else (message.string,)
    for form, text in zip(forms, own, strict=False):
        yield f"{context}.{form}", one if form == "one" else many, str(text or "")


def _wrong(message: Message, key: str, english: str, own: str, texts: Texts, name: str) -> Problem | None:
    """What is wrong with one translated text, with its line."""
    known = key in texts.english or f"{key.rpartition('.')[0]}.{OTHERWISE}" in texts.english
    if not known:
        near = nearest(key, texts.english)
        return Problem("unknown_id", name, message.lineno, value=key, hint=near, weight=Weight.ROW)
    if not own:
        return None
    given, asked = _places(own), _places(english) or frozenset()
    # "One gap" may say "{n} gap", where a language has one word for none and one.
    if given is None or (given != asked and not (key.endswith(".one") and given == asked | {"n"})):
        expected = ", ".join(f"{{{place}}}" for place in sorted(asked)) or "-"
        return Problem("po_places", name, message.lineno, key, own, expected, weight=Weight.ROW)
    if Counter(MARKS.findall(own)).total() != Counter(MARKS.findall(english)).total():
        return Problem("po_markup", name, message.lineno, key, own, " ".join(MARKS.findall(english)), weight=Weight.ROW)
    return None


def _places(text: str) -> frozenset[str] | None:
    """What is filled in at run time; None if braces are not closed."""
    try:
        return frozenset(f"{name}:{spec}" if spec else name for _, name, spec, _ in Formatter().parse(text) if name)
    except ValueError:
        return None


def _twice(content: bytes, name: str) -> Iterator[Problem]:
    """Keys that a file has more than once: Babel keeps the last without a word."""
    seen = set[str]()
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        found = CONTEXT.fullmatch(line.strip())
        if found and found[1] in seen:
            yield Problem("key_twice", name, number, found[1], weight=Weight.ROW)
        seen |= {found[1]} if found else set()
