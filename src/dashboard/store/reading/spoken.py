"""A publication as its readers speak: what it lists has the titles of one language, and names are in its order.

Nothing is copied, and no question changes. See docs/decisions/0040-a-publication-in-a-language.md.
"""

from collections.abc import Iterable
from functools import cache, lru_cache, partial

import duckdb

from dashboard.loading.files.words_file import ENGLISH, read_words
from dashboard.store.reading.cache import once
from dashboard.store.reading.pool import PreparedPool
from dashboard.store.reading.reader import Imagined, Published
from dashboard.store.sql import sql


def in_language(published: Published, language: str) -> Published:
    """The publication in the language of its reader; itself in English, which is how it is stored.

    What is imagined in it is imagined in the language too.
    """
    return _spoken(published, language, locale_of(language))


def locale_of(language: str) -> str:
    """The locale of a language that there are words for, as the file of words names it."""
    return str(read_words(language).locale)


@once
def _spoken(published: Published, language: str, locale: str) -> Published:
    if _is_stored_so(published.real, language, locale):
        return published
    pool = PreparedPool(published.pool, partial(_speak, language=language, locale=locale))
    under = published.imagined
    if under is None:
        return published.through(pool, locale=locale)
    real, over = (_spoken(one, language, locale) for one in (under.real, under.over))
    imagined = Imagined(real, over, under.levels)
    return published.through(pool, answers=real.answers, imagined=imagined, locale=locale)


def _is_stored_so(published: Published, language: str, locale: str) -> bool:
    """Whether it speaks the language as it is: only where English files give titles, English has others than stored."""
    if language != ENGLISH or locale.partition("_")[0] != ENGLISH:
        return False
    with published.cursor() as cursor:
        question = "SELECT count(*) FROM wording WHERE language = 'en' AND translated AND contains(id, '/')"
        ((given,),) = cursor.execute(question).fetchall()
    return not given


def _speak(cursor: duckdb.DuckDBPyConnection, language: str, locale: str) -> None:
    """Let everything that is listed, and all that names it, be called as in a language, on this cursor alone."""
    ((catalog,),) = cursor.execute("SELECT current_catalog()").fetchall()
    # A locale is what Babel has read: letters, digits and underscores.
    text = sql("reading/spoken").replace("{published}", f'"{catalog}"').replace("{locale}", locale)
    for statement in cursor.extract_statements(text):
        named = {"language": language} if "language" in statement.named_parameters else {}
        cursor.execute(statement, named)


def in_order(names: Iterable[str], locale: str) -> list[str]:
    """The names as a language sorts them: Éthiopie under E in French, Åland last in Swedish. In SQL: `in_order`."""
    named = list(names)
    if len(named) < 2:
        return named
    keys = _keys(locale)
    if unknown := [name for name in dict.fromkeys(named) if name not in keys]:
        with _collator().cursor() as cursor:
            question = "SELECT name, icu_sort_key(name, $locale) FROM (SELECT unnest($names) AS name)"
            keys.update(cursor.execute(question, {"names": unknown, "locale": locale}).fetchall())
    return sorted(named, key=lambda name: (keys[name], name))


@lru_cache(maxsize=20)
def _keys(locale: str) -> dict[str, str]:
    """What names are compared by, as far as somebody has asked."""
    return {}


@cache
def _collator() -> duckdb.DuckDBPyConnection:
    """DuckDB carries the collations of ICU; Babel has none, and nothing has to be installed for them."""
    return duckdb.connect()
