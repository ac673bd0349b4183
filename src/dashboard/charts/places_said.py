"""What does the map say about one country? Its look, the figure beside its name, and its tooltip."""

from dashboard.charts.cells import how_many
from dashboard.charts.look import expression
from dashboard.model.words import Words

LOOKS = {
    "severity": "isValid(datum.severity) ? 'filled' : 'empty'",
    "score": "datum.reading == 'score' ? 'filled' : datum.reading == 'count' ? 'few' : "
    "datum.reading == 'too_few' ? 'striped' : 'empty'",
    "coverage": "isValid(datum.cover) ? 'filled' : 'empty'",
    "context": "datum.state == 'not_recorded' ? 'empty' : datum.state == 'old' ? 'old' : "
    "isValid(datum.at) ? 'filled' : 'words'",
}
LOOKS["words"] = LOOKS["context"]
"""How a country is drawn, by what is shown."""


def figure(words: Words, shade: str) -> str:
    """Return the figure beside the name as a Vega expression; each reason for having none has its own sign."""
    few = how_many(words, "datum.n_answered")
    number = "(isValid(datum.number) ? format(datum.number, ',') : datum.value)"
    context = f"datum.state == 'not_recorded' ? '–' : {number} + (datum.state == 'old' ? ' (' + datum.year + ')' : '')"
    return {
        "severity": "isValid(datum.severity) ? datum.severity + ' (' + datum.n_at_severity + ')' : '–'",
        "score": "datum.reading == 'score' ? format(datum.percent, 'd') : "
        f"datum.reading == 'count' ? {few} + '*' : "
        "datum.reading == 'too_few' ? format(datum.low, 'd') + '–' + format(datum.high, 'd') : "
        f"datum.reading == 'not_applicable' ? {expression(words, 'cell.not_applicable')} : "
        "datum.reading == 'not_known' ? '?' : datum.reading == 'unanswered' ? '·' : '–'",
        "coverage": f"isValid(datum.cover) ? {expression(words, 'map.share', percent=_rounded('coverage'))} : '–'",
        "context": context,
        "words": context,
    }[shade]


def sentence(words: Words, shade: str) -> str:
    """Return the sentence of the tooltip as a Vega expression."""
    return f"({_sentences(words)[shade]}) + ' ' + {_expression(words, 'operations')}"


def _sentences(words: Words) -> dict[str, str]:
    readings = ("score", "count", "too_few", "unanswered", "not_known", "not_applicable")
    chain = " : ".join(f"datum.reading == '{reading}' ? {_expression(words, reading)}" for reading in readings)
    none, one = _expression(words, "not_recorded"), _expression(words, "context")
    context = f"datum.state == 'not_recorded' ? {none} : ({one}) + ' ' + {source(words)}"
    return {
        "severity": f"isValid(datum.severity) ? {_expression(words, 'severity')} : {_expression(words, 'not_rated')}",
        "score": f"{chain} : {_expression(words, 'not_covered')}",
        "coverage": f"isValid(datum.cover) ? {_expression(words, 'coverage')} : {_expression(words, 'no_coverage')}",
        "context": context,
        "words": context,
    }


def source(words: Words) -> str:
    """Return the publisher and year of the outside figure as a Vega expression."""
    places = {"publisher": "datum.publisher", "dataset": "datum.dataset", "year": "datum.year"}
    computed, plain, old = (expression(words, f"figure.{key}", **places) for key in ("computed", "source", "old"))
    return f"(datum.computed ? {computed} : {plain}) + (datum.state == 'old' ? ' ' + {old} : '')"


def _expression(words: Words, key: str) -> str:
    places = {
        "country": "datum.country_title",
        "operations": "datum.operations",
        "severity": "datum.severity",
        "most_severe": "truncate(datum.most_severe, 110)",
        "n": "datum.n_at_severity",
        "of": "datum.n_rated",
        "band": "datum.band_title",
        "full": "datum.n_full",
        "part": "datum.n_part",
        "answered": "datum.n_answered",
        "applicable": "datum.n_applicable",
        "title": "datum.indicator_title",
        "value": "(isValid(datum.number) ? format(datum.number, ',') : datum.value)",
        "unit": "datum.unit",
        **{name: _rounded(name) for name in ("percent", "low", "high", "coverage", "coverage_limit")},
    }
    return expression(words, f"map.sentence.{key}", **places)


def _rounded(name: str) -> str:
    return f"format(datum.{name}, 'd')"
