"""The settings of the business by risk area, and one of them in full: what to ask there, its impacts, what to read."""

from collections.abc import Iterator
from functools import partial
from typing import TypedDict

import pyarrow as pa
import streamlit as st

from dashboard.charts.look import look_of, sign_svg
from dashboard.charts.risk_map import EMPTY, IN_SHORT, SELECTION, risk_map
from dashboard.model.known_codes import SEVERE
from dashboard.model.words import Claim, Claims
from dashboard.queries import risks_settings
from dashboard.queries.ask import ask, ask_ahead
from dashboard.queries.question import Question
from dashboard.queries.standards_document import STANDARD_ABOUT
from dashboard.ui.elements import choices
from dashboard.ui.elements.answer_text import counts, counts_legend, critical_mark
from dashboard.ui.elements.choices import PageChoice, Shape, first_setting, setting_shown, settings_kept
from dashboard.ui.elements.folds import first_drawn, first_rows, folded, section
from dashboard.ui.elements.gap_links import begin_link, read_link
from dashboard.ui.elements.legend import Mark, in_a_picture, show_codes, show_legend
from dashboard.ui.elements.marks import coded, grades_key
from dashboard.ui.elements.rated_impacts import counted, grade, opening_list, risk_list
from dashboard.ui.elements.selection import open_menu
from dashboard.ui.elements.sentences import most_of
from dashboard.ui.elements.show import Mark as Clicked
from dashboard.ui.elements.show import headline, show_chart, spec_of
from dashboard.ui.escape import escape_row, escaped_rows, one_line
from dashboard.ui.page_content import listed
from dashboard.ui.session import is_phone, theme
from dashboard.ui.view import View

FIRST_CRITERIA = 5
FIRST_ADVICE = 4
ROWS_TO_WRITE = 7
"""Empty rows of the table that a room fills in."""
READS = {"guidance": "step.", "case": "case_kind."}
"""The kinds of texts on a setting, and the prefix of the words for their sort."""


class RiskMapRow(TypedDict):
    """A row of `risk_map`."""

    setting_title: str
    risk_area: str
    risk_area_title: str
    polarity: str
    grade: int | None


RISK_MAP = Question("risk_map", RiskMapRow)


def of_settings(view: View, cells: list[RiskMapRow]) -> Claims:
    """Say in how many settings a risk is severe, and which setting has the most such risk areas."""
    severe = dict.fromkeys((row["setting_title"] for row in cells), 0)
    if all(row["grade"] is None for row in cells):
        return (Claim.of("risks.nothing", reset=view.reset()),)
    for row in cells:
        severe[row["setting_title"]] += row["polarity"] == "risk" and row["grade"] == SEVERE
    said = Claim.count("risks.severe_settings", sum(n > 0 for n in severe.values()), of=len(severe))
    return said, *most_of("areas", severe)


def settings(view: View) -> None:
    """Show the settings by risk area, and one of them in full; it comes first if the filter keeps no other."""
    found, one = settings_kept(view), setting_shown(view)
    if one is None:
        headline(view.words, Claim.of("setting.none"))
        return
    given = view.of_setting(one["setting"])
    ask_ahead(view.published, ("setting_risks", "setting_openings", "setting_criteria", "setting_advice"), given)
    one = escape_row(one)
    risks = escaped_rows(view.published, risks_settings.SETTING_RISKS, given)
    openings = escaped_rows(view.published, risks_settings.SETTING_OPENINGS, given)
    finding = _finding(view, one, risks, openings)
    if len(found) == 1:
        headline(view.words, *finding)
        _in_full(view, one, risks, openings)
        _by_risk_area(view, several=False)
        return
    headline(view.words, *of_settings(view, escaped_rows(view.published, RISK_MAP, view.parameters())))
    _by_risk_area(view, several=True)
    choices.draw(view.words, _setting_choice(view, found), title=view.words("setting.choose"))
    st.markdown(view.words.say(*finding))
    _in_full(view, one, risks, openings)


def _setting_choice(view: View, found: list[risks_settings.SettingsRow]) -> PageChoice:
    """Return the choice of the setting that is shown in full, each with the operations that have it."""
    titles = {
        row["setting"]: view.words.count(
            "setting.option", row["n_chosen"], title=one_line(row["setting_title"]), here=row["n_operations"]
        )
        for row in found
    }
    label = view.words("setting.choose")
    return PageChoice("of_setting", label, titles, first_setting(found), Shape.LIST)


def _by_risk_area(view: View, several: bool) -> None:
    """Draw the most severe risk and the most needed opportunity of each setting and risk area."""
    words = view.words
    table = ask(view.published, "risk_map", view.parameters())
    if not table.num_rows:
        return
    marks = tuple(_marks(view, table))
    show_legend(marks, words("risk_map.note"))
    show_chart(
        table,
        spec_of(risk_map, view),
        view,
        key="risk_map_chart",
        alt=words("risk_map.alt"),
        opens=SELECTION,
        clicked=_open_cell,
        columns=("setting_title", "risk_area_title", "polarity", "grade", "n_rated", "n_impacts", "state"),
        click=f"{words('risk_map.click')} {words('risk_map.opens') if several else ''}".strip(),
        explained=(words("risk_map.note"), *in_a_picture(marks)),
    )
    if is_phone():
        columns = (table[f"risk_area{name}"].to_pylist() for name in ("_position", "", "_title"))
        show_codes((code[-IN_SHORT:], title) for _, code, title in sorted(set(zip(*columns, strict=True))))


def _marks(view: View, table: pa.Table) -> Iterator[Mark]:
    """Yield the marks that are in the picture: grades, and the reasons for having none."""
    there = set(table["state"].to_pylist())
    if "rated" in there:
        yield from (*grades_key(view, "severity"), *grades_key(view, "need"))
    if "none_found" in there:
        yield sign_svg("∅", look_of(theme()).quiet), view.words("state.none_found")
    for state, sign in EMPTY.items():
        if state in there:
            yield sign, view.words(f"state.{state}")
    yield "", view.words("risk_map.blank")


def _open_cell(mark: Clicked) -> None:
    """Open the menu of a cell; its setting is the one that is shown in full from then on."""
    if mark:
        open_menu(mark, "cell")
        st.session_state["of_setting"] = mark["setting"]


def _in_full(
    view: View,
    one: risks_settings.SettingsRow,
    risks: list[risks_settings.SettingRisksRow],
    openings: list[risks_settings.SettingOpeningsRow],
) -> None:
    """Show what to ask in a setting, its risks and opportunities, its criteria, and what to read."""
    words, given = view.words, view.of_setting(one["setting"])
    _hand_over(view, one, risks, openings)
    _to_the_room(view, one)
    left, right = st.columns(2, gap="large")
    with left:
        risk_list(view, risks)
    with right:
        opening_list(view, openings)
    (framework,) = escaped_rows(view.published, STANDARD_ABOUT, view.parameters())
    title = words("setting.criteria", framework=framework["short_title"])
    if place := section(title, "setting_asked", words("setting.criteria_help")):
        with place:
            _criteria_table(view, escaped_rows(view.published, risks_settings.SETTING_CRITERIA, given))
    _advice(view, escaped_rows(view.published, risks_settings.SETTING_ADVICE, given))


def _hand_over(
    view: View,
    one: risks_settings.SettingsRow,
    risks: list[risks_settings.SettingRisksRow],
    openings: list[risks_settings.SettingOpeningsRow],
) -> None:
    """Give packs the question to the room with room to write, and the risks and opportunities of the setting."""
    words, title = view.words, one["setting_title"]
    blank = pa.table({name: [""] * ROWS_TO_WRITE for name in ("what_we_say", "who_acts", "by_when")})
    listed("setting_question", lambda: blank, one["first_question"], lambda: (title, *filter(None, _about(view, one))))
    rated = [row for row in risks if row["severity"]]
    finding = words.count("setting.handed_risks", len(risks), setting=title, rated=len(rated))
    listed("setting_risks", partial(_told_risks, risks), finding)
    finding = words.count("setting.handed_openings", len(openings), setting=title)
    listed("setting_openings", partial(_told_openings, openings), finding)


def _told_risks(risks: list[risks_settings.SettingRisksRow]) -> pa.Table:
    columns = {name: [row[name] for row in risks] for name in ("text", "risk_area_title", "severity")}
    return pa.table(columns).rename_columns(["risk", "risk_area_title", "severity"])


def _told_openings(openings: list[risks_settings.SettingOpeningsRow]) -> pa.Table:
    columns = {name: [row[name] for row in openings] for name in ("text", "risk_area_title")}
    return pa.table(columns).rename_columns(["opportunity", "risk_area_title"])


def _finding(
    view: View,
    setting: risks_settings.SettingsRow,
    risks: list[risks_settings.SettingRisksRow],
    openings: list[risks_settings.SettingOpeningsRow],
) -> Claims:
    """Sum up the setting: how many of its risks are most severe, how far the first is covered, its opportunities."""
    title = setting["setting_title"]
    if not setting["n_operations"]:
        return (Claim.of("setting.absent" if setting["n_chosen"] else "setting.nobody", setting=title),)
    rated = sum(row["state"] == "rated" for row in openings)
    told = Claim.count("setting.openings", rated) if rated else Claim.of("setting.no_opening")
    return _most_severe(view, title, risks), told


def _most_severe(view: View, setting: str, risks: list[risks_settings.SettingRisksRow]) -> Claim:
    rated = [row for row in risks if row["state"] == "rated"]
    if not rated:
        return Claim.of("setting.no_risk", setting=setting)
    first = rated[0]
    most_severe = sum(row["severity"] == first["severity"] for row in rated)
    places = {"setting": setting, "grade": grade(view, "severity", first["severity"] or 0), "of": len(rated)}
    if first["percent"] is None:
        return Claim.count("setting.most_severe_unknown", most_severe, **places)
    if counted(first):
        answered = int(first["n_answered"] or 0)
        return Claim.count("setting.most_severe_few", most_severe, answered=answered, **places)
    figure = Claim.of("reading.score", percent=first["percent"])
    return Claim.count("setting.most_severe", most_severe, figure=figure, **places)


def _to_the_room(view: View, setting: risks_settings.SettingsRow) -> None:
    """Show the first question to ask in large type, and who is exposed, who leads and where the setting is present."""
    words = view.words
    place = folded(words("setting.ask"), "setting_ask") if is_phone() else st.container()
    if not place:
        return
    question, about = place.columns([5, 4], gap="medium")
    with question, st.container(border=True, height="stretch"):
        if not is_phone():
            st.caption(words("setting.ask"))
        st.markdown(f"### {setting['first_question']}", anchors=False)
    lines = _about(view, setting)
    with about, st.container(border=True, height="stretch"):
        st.markdown("  \n".join(line for line in lines if line))


def _about(view: View, setting: risks_settings.SettingsRow) -> list[str]:
    """Return who is exposed, who leads and where the setting is present."""
    words = view.words
    return [
        words("setting.exposed", exposed=setting["exposed"]),
        words("setting.led_by", functions=words.listed(setting["functions"] or [])),
        _present(view, setting),
    ]


def _present(view: View, setting: risks_settings.SettingsRow) -> str:
    """Say which of the filtered operations have the setting: all, or the ones named."""
    words, named = view.words, setting["operations"] or []
    services = [words.titled(f"service.{one}", one) for one in setting["services"]]
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


def _criteria_table(view: View, criteria: list[risks_settings.SettingCriteriaRow]) -> None:
    """Show what the selected framework asks here, with the current answers and why each is listed."""
    words = view.words
    if not criteria:
        st.caption(words("setting.no_criteria"))
        return
    first_rows(view, criteria, partial(_criterion, view), "setting_criteria", FIRST_CRITERIA)
    counts_legend(view)


def _criterion(view: View, row: risks_settings.SettingCriteriaRow) -> dict[str, str]:
    words = view.words
    why = [words("setting.applies")] if row["applies"] else []
    why += [words.count("setting.addresses_risks", row["n_risks"])] if row["n_risks"] else []
    why += [words.count("setting.addresses_openings", row["n_openings"])] if row["n_openings"] else []
    return {
        words("column.criterion"): coded(f"{row['text']}{critical_mark(view, row)}", row["criterion"]),
        words("column.why_here"): words.listed(why),
        words("column.now"): counts(view, row) if row["n_asked"] else words("reading.not_covered"),
        words("column.actions"): begin_link(view, criterion=row["criterion"]),
    }


def _advice(view: View, found: list[risks_settings.SettingAdviceRow]) -> None:
    """Show the guidance and cases that name the setting, as links, a few at once."""
    for column, what in zip(st.columns(2, gap="large"), READS, strict=True):
        own = [row for row in found if row["what"] == what]
        with column:
            if place := section(view.words(f"setting.advice_{what}"), f"advice_{what}"):
                with place:
                    _links(view, own, what)


def _links(view: View, own: list[risks_settings.SettingAdviceRow], what: str) -> None:
    if not own:
        st.caption(view.words(f"setting.no_{what}"))
    first_drawn(view, own, partial(_link, view), FIRST_ADVICE, what)


def _link(view: View, row: risks_settings.SettingAdviceRow) -> None:
    word = view.words(f"{READS[row['what']]}{row['word']}")
    read_link(view, row["what"], row["code"], view.words("setting.advice", title=row["title"], word=word))
