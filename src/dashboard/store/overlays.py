"""Lays imagined answers, or the titles of one language, over a publication without copying it.

See docs/decisions/0010-scenarios.md and docs/decisions/0019-text.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial

import duckdb
from babel import Locale

from dashboard.loading.mapping.country_names import alpha_3, countries
from dashboard.loading.yaml_file import ENGLISH, read_words
from dashboard.model.known_codes import HEAD_OFFICE
from dashboard.model.masking import REST
from dashboard.store.cache import once
from dashboard.store.pool import PreparedPool
from dashboard.store.reader import Imagined, Level, Published, StatusChange
from dashboard.store.sql import run, sql

# The catalogue is named, since the bare name of the table would mean the view itself. Where nobody had answered, there
# was no evidence.
SHADOW = """
CREATE TEMP VIEW answer AS
SELECT a.* REPLACE (
    coalesce(i.status_no, a.status_no) AS status_no,
    CASE WHEN i.status_no IS NULL OR a.version_no IS NOT NULL THEN a.evidence END AS evidence,
    CASE WHEN i.status_no IS NULL THEN a.note END AS note,
    CASE WHEN i.status_no IS NULL THEN a.na_reason ELSE i.na_reason END AS na_reason,
    CASE WHEN i.status_no IS NULL THEN a.version_no ELSE i.version_no END AS version_no)
FROM {published}.answer AS a LEFT JOIN imagined AS i USING (round_no, operation_no, criterion_no);
"""


@once
def imagined(published: Published, round_: str, changes: tuple[StatusChange, ...], reason: str = "") -> Published:
    """The publication as it would be if some answers of one round were different; itself, if none is.

    `changes` to answers that are not asked there are ignored; if two concern one answer, the last counts. `reason` is
    given if an answer is imagined not to apply. The result can be imagined upon again.
    """
    if not changes:
        return published
    last = {(operation, criterion): status for operation, criterion, status in changes}
    named = {
        "operations": [operation for operation, _ in last],
        "criteria": [criterion for _, criterion in last],
        "statuses": list(last.values()),
    }
    with published.real.cursor() as cursor:
        table = cursor.execute(sql("changes_named"), named).to_arrow_table()
    return laid_over(published, Level(round_, changes, table), reason)


@once
def laid_over(published: Published, level: Level, reason: str = "") -> Published:
    """The same for changes given by number."""
    if not len(level.changed):
        return published
    under = published.imagined
    levels = (*under.levels, level) if under else (level,)
    real = published.real
    pool = PreparedPool(real.pool, partial(_imagine, levels=levels, reason=reason))
    over = Imagined(real, published, levels)
    return published.through(pool, answers=real.answers, imagined=over)


def _imagine(cursor: duckdb.DuckDBPyConnection, levels: Sequence[Level], reason: str) -> None:
    """Make `answer`, and every view of single answers, hold what is imagined, on this cursor only."""
    for level in levels:
        cursor.register("changed", level.changed)
        run(cursor, "imagine", round=level.round, reason=reason)
        cursor.unregister("changed")
    ((catalog,),) = cursor.execute("SELECT current_catalog()").fetchall()
    cursor.execute(SHADOW.format(published=f'"{catalog}"'))


def in_language(published: Published, language: str) -> Published:
    """The publication in the language of its reader; itself in English, which is how it is stored.

    What is imagined in it is imagined in the language too.
    """
    return _spoken(published.stored or published, language, locale_of(language))


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
        return published.through(pool, locale=locale, language=language, stored=published)
    of_language = {"locale": locale, "language": language, "stored": published}
    real, over = (_spoken(one, language, locale) for one in (under.real, under.over))
    imagined = Imagined(real, over, under.levels)
    return published.through(pool, answers=real.answers, imagined=imagined, **of_language)


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
    text = (
        (sql("reading/spoken") + sql("reading/told")).replace("{published}", f'"{catalog}"').replace("{locale}", locale)
    )
    names = dict(_names_known(cursor, language))
    given = {"language": language, "ids": list(names), "titles": list(names.values())}
    for statement in cursor.extract_statements(text):
        cursor.execute(statement, {name: given[name] for name in statement.named_parameters})


def _names_known(cursor: duckdb.DuckDBPyConnection, language: str) -> Iterator[tuple[str, str]]:
    """What a language calls the head office, the rest of a group, and countries that are called in English as usual."""
    words, named = read_words(language), countries()
    titles = Locale.parse(str(words.locale)).territories
    regions = {code: region for region, code in alpha_3().items()}
    for code, title in cursor.execute("SELECT country, title FROM country").fetchall():
        if code == HEAD_OFFICE:
            yield f"country/{code}", words("country.head_office")
        elif code == REST:
            yield f"country/{code}", words("sight.rest")
        elif words.locale.language != ENGLISH and title in named.get(code, ()) and regions[code] in titles:
            yield f"country/{code}", titles[regions[code]]
    yield "region/Group", words("country.group_region")


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
