"""What is said about one setting of the business? What to ask there, its risks and its opportunities."""

from functools import partial

import streamlit as st

from dashboard.queries.ask import ask_ahead
from dashboard.queries.risks.rows import (
    SettingAdviceRow,
    SettingCriteriaRow,
    SettingOpeningsRow,
    SettingRisksRow,
    SettingsRow,
)
from dashboard.ui.elements.action_link import begin_link
from dashboard.ui.elements.advice import read_link
from dashboard.ui.elements.answer import counts, counts_legend
from dashboard.ui.elements.choose import choose_one
from dashboard.ui.elements.folds import first_rows, the_rest
from dashboard.ui.elements.impact_cards import opening_list, risk_list
from dashboard.ui.elements.rated import grade
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escape_label, escaped_rows
from dashboard.ui.view import View

FIRST_CRITERIA = 5
FIRST_ADVICE = 4
READS = {"guidance": "step.", "case": "case_kind."}
"""The kinds of texts on a setting, and the prefix of the words for their sort."""


def by_setting(view: View) -> None:
    """Show what to ask in one setting, its risks and opportunities, its criteria, and what to read."""
    words = view.words
    settings = escaped_rows(view.published, "settings", view.parameters())
    if not settings:
        headline(words("setting.none"))
        return
    place = st.container()
    setting = _choose_setting(view, settings)
    given = view.of_setting(setting["setting"])
    ask_ahead(view.published, ("setting_risks", "setting_openings", "setting_criteria", "setting_advice"), given)
    risks = escaped_rows(view.published, "setting_risks", given)
    openings = escaped_rows(view.published, "setting_openings", given)
    with place:
        headline(_finding(view, setting, risks, openings))
    _to_the_room(view, setting)
    left, right = st.columns(2, gap="large")
    with left:
        risk_list(view, risks)
    with right:
        opening_list(view, openings)
    (framework,) = escaped_rows(view.published, "standard_about", view.parameters())
    title = words("setting.criteria", framework=framework["short_title"])
    st.markdown(f"**{title}**", help=words("setting.criteria_help"))
    _criteria_table(view, escaped_rows(view.published, "setting_criteria", given))
    _advice(view, escaped_rows(view.published, "setting_advice", given))


def _choose_setting(view: View, settings: list[SettingsRow]) -> SettingsRow:
    """Let the user choose the setting: the first in the view, else the first present in a filtered operation."""
    found = {row["setting"]: row for row in settings}
    present = [code for code, row in found.items() if row["n_operations"]]
    chosen = choose_one(
        view,
        "setting",
        list(found),
        next(iter(present or found)),
        label=view.words("setting.choose"),
        help=view.words("setting.choose_help"),
        format_func=lambda code: _option(view, found[code]) if code in found else code,
    )
    return found[chosen]


def _option(view: View, row: SettingsRow) -> str:
    title = escape_label(row["setting_title"])
    return view.words.count("setting.option", row["n_chosen"], title=title, here=row["n_operations"])


def _finding(view: View, setting: SettingsRow, risks: list[SettingRisksRow], openings: list[SettingOpeningsRow]) -> str:
    """Sum up the setting: how many of its risks are most severe, how far the first is covered, its opportunities."""
    words, title = view.words, setting["setting_title"]
    if not setting["n_operations"]:
        return words("setting.absent" if setting["n_chosen"] else "setting.nobody", setting=title)
    rated = sum(row["state"] == "rated" for row in openings)
    told = words.count("setting.openings", rated) if rated else words("setting.no_opening")
    return f"{_most_severe(view, title, risks)} {told}"


def _most_severe(view: View, setting: str, risks: list[SettingRisksRow]) -> str:
    words = view.words
    rated = [row for row in risks if row["state"] == "rated"]
    if not rated:
        return words("setting.no_risk", setting=setting)
    first = rated[0]
    most_severe = sum(row["severity"] == first["severity"] for row in rated)
    places = {"setting": setting, "grade": grade(view, "severity", first["severity"] or 0), "of": len(rated)}
    if first["percent"] is None:
        return words.count("setting.most_severe_unknown", most_severe, **places)
    alone = first["reading"] == "count" and first["n_units"] == 1
    if alone:
        answered = int(first["n_answered"] or 0)
        return words.count("setting.most_severe_few", most_severe, answered=answered, **places)
    figure = words("reading.score", percent=first["percent"])
    return words.count("setting.most_severe", most_severe, figure=figure, **places)


def _to_the_room(view: View, setting: SettingsRow) -> None:
    """Show the first question to ask in large type, and who is exposed, who leads and where the setting is present."""
    words = view.words
    question, about = st.columns([5, 4], gap="medium")
    with question, st.container(border=True, height="stretch"):
        st.caption(words("setting.ask"))
        st.markdown(f"### {setting['first_question']}", anchors=False)
    lines = [
        words("setting.exposed", exposed=setting["exposed"]),
        words("setting.led_by", functions=words.listed(setting["functions"] or [])),
        _present(view, setting),
    ]
    with about, st.container(border=True, height="stretch"):
        st.markdown("  \n".join(line for line in lines if line))


def _present(view: View, setting: SettingsRow) -> str:
    """Say which of the filtered operations have the setting: all, or the ones named."""
    words, named = view.words, setting["operations"] or []
    services = [words(f"service.{s}") if words.has(f"service.{s}") else s for s in setting["services"]]
    only = words("setting.only_where", services=words.listed(services)) if services else ""
    if setting["n_operations"] == setting["n_chosen"]:
        text = words.count("setting.everywhere", setting["n_chosen"]) if named else ""
    elif not named:
        text = words("setting.nowhere")
    else:
        more = setting["n_operations"] - len(named)
        titles = words("setting.and_more", operations=words.listed(named), n=more) if more > 0 else words.listed(named)
        text = words("setting.present", n=setting["n_operations"], of=setting["n_chosen"], operations=titles)
    return f"{text} {only}".strip()


def _criteria_table(view: View, criteria: list[SettingCriteriaRow]) -> None:
    """Show what the selected framework asks here, with the current answers and why each is listed."""
    words = view.words
    if not criteria:
        st.caption(words("setting.no_criteria"))
        return
    first_rows(view, criteria, partial(_criterion, view), "setting_criteria", FIRST_CRITERIA)
    counts_legend(view)


def _criterion(view: View, row: SettingCriteriaRow) -> dict[str, str]:
    words = view.words
    critical = f" {words('number.critical')}" if row["critical"] else ""
    why = [words("setting.applies")] if row["applies"] else []
    why += [words.count("setting.addresses_risks", row["n_risks"])] if row["n_risks"] else []
    why += [words.count("setting.addresses_openings", row["n_openings"])] if row["n_openings"] else []
    return {
        words("column.criterion"): f"**{row['criterion']}** {row['text']}{critical}",
        words("column.why_here"): words.listed(why),
        words("column.now"): counts(view, row) if row["n_asked"] else words("reading.not_covered"),
        words("column.actions"): begin_link(view, criterion=row["criterion"]),
    }


def _advice(view: View, found: list[SettingAdviceRow]) -> None:
    """Show the guidance and cases that name the setting, as links, a few at once."""
    for column, what in zip(st.columns(2, gap="large"), READS, strict=True):
        own = [row for row in found if row["what"] == what]
        with column:
            st.markdown(f"**{view.words(f'setting.advice_{what}')}**")
            if not own:
                st.caption(view.words(f"setting.no_{what}"))
            for row in own[:FIRST_ADVICE]:
                _link(view, row)
            if more := the_rest(view, len(own) - FIRST_ADVICE, what):
                with more:
                    for row in own[FIRST_ADVICE:]:
                        _link(view, row)


def _link(view: View, row: SettingAdviceRow) -> None:
    word = view.words(f"{READS[row['what']]}{row['word']}")
    read_link(view, row["what"], row["code"], view.words("setting.advice", title=row["title"], word=word))
