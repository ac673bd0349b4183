"""A language nobody speaks: English two fifths longer, in other letters, with the plurals of Polish."""

import re
from collections.abc import Mapping
from itertools import count
from math import ceil
from pathlib import Path
from typing import Any

import yaml

from dashboard.loading.yaml_file import ENGLISH
from tests.conftest import ROOT

STRANGE = "xx"
LOCALE = {"name": "Śtrąñgę", "locale": "pl", "date": "d MMMM y"}
LONGER = 1.4
OTHER_LETTERS = str.maketrans("aceinosuyzACEINOSUZ", "ąćęïñóśüÿżĄĆĘÏÑÓŚÜŻ")
KEPT = re.compile(r"\{\w*\}|:[\w/]+:|`[^`]*`|\]\([^)]*\)|<[^>]*>|https?://\S+|--?\w[\w-]*|\S*[\\/_.@]\w\S*|\*\*|\n")
"""What a translator leaves unchanged: placeholders, icons, code, addresses, file names, options, Markdown marks."""
VOWELS = re.compile("[ąęïóü]")
FORMS = ("one", "few", "many", "other")


def strange(text: str) -> str:
    """The sentence in the strange language: its vowels are drawn out until it is long enough."""
    kept = KEPT.findall(text)
    parts = [part.translate(OTHER_LETTERS) for part in KEPT.split(text)]
    vowels = sum(len(VOWELS.findall(part)) for part in parts)
    more, and_once = divmod(ceil((LONGER - 1) * sum(map(len, parts))), vowels or 1)
    number = count()

    def drawn_out(vowel: re.Match[str]) -> str:
        return vowel[0] * (1 + more + (next(number) < and_once))

    parts = [VOWELS.sub(drawn_out, part) for part in parts]
    return "".join(piece for pair in zip(parts, [*kept, ""], strict=True) for piece in pair)


def translated(node: Any) -> Any:
    """The same words, with every plural that the strange language distinguishes."""
    if not isinstance(node, Mapping):
        return strange(str(node))
    if set(node) == {"one", "other"}:
        return {form: strange(node["one" if form == "one" else "other"]) for form in FORMS}
    return {key: translated(value) for key, value in node.items()}


def write(folder: Path) -> Path:
    """Write the strange language's file of words into a folder; returns the folder, for `DASHBOARD_WORDS`."""
    english = yaml.safe_load((ROOT / "src" / "dashboard" / "words" / f"{ENGLISH}.yaml").read_text("utf-8"))
    texts = {**translated(english), "language": {**english["language"], **LOCALE}}
    (folder / f"{STRANGE}.yaml").write_text(yaml.safe_dump(texts, allow_unicode=True, width=10_000), "utf-8")
    return folder
