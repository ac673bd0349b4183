"""Is each translation of something that is there, in a language that is one, and said once?"""

from collections.abc import Iterator

from babel import Locale

from dashboard.loading.files.words_file import languages
from dashboard.loading.files.yaml_file import Document, Place
from dashboard.model.problem import Problem, Weight, nearest
from dashboard.model.standard.framework import Strict
from dashboard.model.standard.shared import LISTED, Translation

OF_THE_GROUP = ("country", "region", "round", "indicator")
"""What the tables of the group list, not the library."""
Documents = list[tuple[Document, Strict]]


def unsound_translations(documents: Documents) -> list[Problem]:
    """Languages that nobody knows, texts that a thing does not have, and those that are given twice."""
    problems: list[Problem] = []
    given: dict[tuple[str, str, str], str] = {}
    for document, value in _translations(documents):
        if value.language not in _known_languages():
            problems.append(_unknown_language(document, value.language))
        for code, texts in value.texts.items():
            fields = LISTED.get(code.partition("/")[0], ()) if "/" in code else tuple(texts)
            for field in texts:
                where: Place = ("texts", code, field)
                if field not in fields:
                    expected, near = ", ".join(fields), nearest(field, fields)
                    problems.append(_problem("bad_value", document, where, field, expected, near))
                first = given.setdefault((value.language, code, field), _at(document, where))
                if first != _at(document, where):
                    problems.append(_problem("text_twice", document, where, code, first))
    return problems


def text_places(documents: Documents) -> dict[str, tuple[str, int | None]]:
    """File and line of every translation of what the group lists, by language and what it names: `fr country/TCD`.

    Kept with them, since a country may go, or come, long after its file was read.
    """
    return {
        f"{value.language} {code}": (document.file(("texts", code)), document.line(("texts", code)))
        for document, value in _translations(documents)
        for code in value.texts
        if "/" in code
    }


def _translations(documents: Documents) -> Iterator[tuple[Document, Translation]]:
    return ((document, value) for document, value in documents if isinstance(value, Translation))


def _known_languages() -> frozenset[str]:
    """By the Unicode CLDR, and those that there are words for."""
    return frozenset((*Locale("en").languages, *languages()))


def _unknown_language(document: Document, language: str) -> Problem:
    near = nearest(language.lower(), (code for code in _known_languages() if len(code) <= len(language)))
    return _problem("no_language", document, ("language",), language, "fr", near)


def _problem(
    kind: str, document: Document, where: Place, value: str, expected: str | None = None, hint: str | None = None
) -> Problem:
    file, line, column = document.file(where), document.line(where), document.column(where)
    return Problem(kind, file, line, column, value, expected, hint, Weight.FILE)


def _at(document: Document, where: Place) -> str:
    return f"{document.file(where)}, {document.line(where)}"
