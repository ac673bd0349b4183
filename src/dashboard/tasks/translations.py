"""What a language says for each text of the interface and of a library, what is known about it, and its files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import localedata

from dashboard.exports.yaml_text import nested_yaml, standard_yaml
from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library, english_of
from dashboard.loading.yaml_file import ENGLISH, languages, read_words
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.translation import State, TextReading, Translation, state_of
from dashboard.model.words import Words
from dashboard.store.publishing.load import framework_roots

INSIDE = "|"
"""Between the id of an item of the library and the name of its text."""


@dataclass(frozen=True)
class Said:
    """One text of a language, with what is known about it."""

    text: str
    made_from: str | None = None
    reading: TextReading | None = None

    def state(self, english: str) -> State:
        """Whether it was made from this English, and was read."""
        return state_of(self.made_from, self.reading, english)


@dataclass(frozen=True)
class Texts:
    """All that can be said in a language: the English by key, where it is shown, and what is said."""

    language: str
    english: Mapping[str, str]
    where: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)

    def states(self) -> Counter[str]:
        """How many texts there are in each state; *missing* are those that are not translated."""
        return Counter(
            self.said[key].state(english) if key in self.said else "missing" for key, english in self.english.items()
        )


def unknown_language(language: str) -> Problem | None:
    """The Problem if a code is not that of a language with rules in the Unicode CLDR, by its two letters; else None."""
    known = [code for code in localedata.locale_identifiers() if len(code) == 2]
    if language in known:
        return None
    near = nearest(language[:2].lower(), known)
    return Problem("no_language", "LANGUAGE", value=language, expected="fr", hint=near, weight=Weight.FILE)


def texts_in(language: str, words: Words, library: Library) -> Texts:
    """The texts of the interface and of a library, and what a language says for them."""
    english = dict(words.english)
    said = {
        key: Said(text, words.made_from.get(key), _reading(words.readings.get(key)))
        for key, text in words.texts.items()
        if key in english and words.language == language
    }
    of_library = english_of(library)
    english |= {f"{code}{INSIDE}{name}": text for code, own in of_library.items() for name, text in own.items()}
    for item in library.translations:
        for code, own in item.texts.items() if item.language == language else ():
            made, read = item.made_from.get(code, {}), item.readings.get(code, {})
            said |= {f"{code}{INSIDE}{name}": Said(text, made.get(name), read.get(name)) for name, text in own.items()}
    return Texts(language, english, _where(), {key: one for key, one in said.items() if key in english})


def translations_in(paths: Iterable[Path], words: Words) -> Iterator[str]:
    """For each language that the standards in files or folders are told in: how many texts there are in each state."""
    translated = [folder for folder in framework_roots(paths) if any(folder.glob("*/??.yaml"))]
    library = read_library(translated)[0] if translated else Library()
    for language in sorted({item.language for item in library.translations}):
        spoken = read_words(language) if language in languages() else replace(words, language=language, texts={})
        yield states_said(texts_in(language, spoken, library), words)


def states_said(texts: Texts, words: Words) -> str:
    """How many texts of a language there are in each state."""
    counts = [f"{words(f'translation.{state}')}: {words.shown(n)}" for state, n in sorted(texts.states().items())]
    return words("command.words_counted", language=texts.language, counts=counts)


def _reading(given: object) -> TextReading | None:
    return TextReading.model_validate(given) if isinstance(given, Mapping) else None


def _where() -> dict[str, str]:
    """By section of the English file of words: the comment above it, which says where its texts are shown."""
    found, comment = dict[str, str](), ""
    for line in (files("dashboard") / "words" / f"{ENGLISH}.yaml").read_text("utf-8").splitlines():
        if line.startswith("# Where:"):
            comment = line.removeprefix("# Where:").strip()
        elif line and line[0].isalpha():
            found[line.partition(":")[0]] = comment
    return found


def words_yaml(texts: Texts) -> str:
    """The file of words of a language: its sentences, then what is known about each."""
    own = {key: one for key, one in texts.said.items() if INSIDE not in key}
    nested: dict[str, Any] = {}
    for key, one in own.items():
        *above, last = key.split(".")
        place = nested
        for part in above:
            place = place.setdefault(part, {})
        place[last] = one.text
    made = {key: one.made_from for key, one in own.items() if one.made_from}
    read = {key: one.reading.model_dump(mode="json") for key, one in own.items() if one.reading}
    return nested_yaml({**nested, "made_from": made, **({"readings": read} if read else {})})


def library_files(texts: Texts, library: Library) -> dict[str, str]:
    """The files of translations of a library, by their path beside `words`."""
    places = {code: folder for folder, codes in _folders(library).items() for code in codes}
    found: dict[str, dict[str, dict[str, dict[str, Any]]]] = {}
    for key, one in texts.said.items():
        code, inside, name = key.partition(INSIDE)
        if inside:
            about = {"texts": one.text, "made_from": one.made_from, "readings": one.reading}
            whole = found.setdefault(places.get(code, "shared"), {})
            for part, value in about.items():
                if value is not None:
                    whole.setdefault(part, {}).setdefault(code, {})[name] = value
    return {
        f"frameworks/{folder}/{texts.language}.yaml": standard_yaml(
            Translation(schema_version=1, language=texts.language, **whole)
        )
        for folder, whole in found.items()
    }


def _folders(library: Library) -> dict[str, set[str]]:
    """By folder: the codes whose texts are kept there; the others are in `shared`."""
    own = {framework.framework: set(english_of(Library(frameworks=(framework,)))) for framework in library.frameworks}
    return own | {
        "guidance": {item.guidance for item in library.guidance},
        "cases": {item.case_study for item in library.cases},
    }
