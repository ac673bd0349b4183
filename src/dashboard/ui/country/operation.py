"""Describes one operation: its profile, figures, answers and context."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, TypedDict

import pyarrow as pa
import streamlit as st

from dashboard.model.words import FIRST_NAMED, PUBLISHED, Claim, Claims, Words
from dashboard.queries.ask import Value
from dashboard.queries.compare.subjects import COMPARE_FIGURES, CompareFiguresRow
from dashboard.queries.country_operation import OperationReadingRow
from dashboard.queries.every_page import OperationsRow
from dashboard.queries.plan_actions import PLAN
from dashboard.queries.question import Question
from dashboard.queries.risks_settings import ContextRow, FigurePart
from dashboard.ui.elements import answer_text
from dashboard.ui.elements.folds import first_rows
from dashboard.ui.elements.gap_links import begin_link, listed
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.sentences import reading_text
from dashboard.ui.escape import escape, escaped_rows, one_line
from dashboard.ui.html import draw_html, part
from dashboard.ui.view import View

Row = dict[str, Any]
Marks = Mapping[tuple[str, str], str]
"""What is shown beside an answer, by operation and criterion."""


class AnswersRow(TypedDict):
    """A row of `answers`."""

    criterion: str
    kind: str
    text: str
    operation: str
    country: str
    counts_as: str
    value: float | None
    evidence: int | None
    note: str | None
    answered_on: date | None
    na_reason: str | None
    weight: float
    inherited_title: str | None
    inherited_from: str | None


ANSWERS = Question("answers", AnswersRow)


def finding(view: View, operation: OperationsRow, readings: list[OperationReadingRow]) -> Claims:
    """Return one sentence about the operation: respect and support in the selected round."""
    now = {row["kind"]: row for row in readings if row["round"] == view.state.round}
    if not now:
        return (Claim.of("country.not_in_round", operation=operation["operation_title"]),)
    parts = [
        Claim.of("country.part", kind=view.kind_word(kind), figure=_figure(view, now[kind]))
        for kind in view.kinds
        if kind in now and now[kind]["reading"] != "started"
    ]
    failed = int(sum(row["n_critical_failed"] for row in now.values()))
    before = int(sum(row["n_failed_before"] for row in now.values()))
    anywhere = max(row["n_failed_anywhere"] for row in now.values())
    framework = escape(view.option_title("framework", view.state.framework, ""))
    flags = [Claim.count("country.critical", failed, framework=framework, anywhere=anywhere)] if anywhere else []
    if before:
        flags.append(Claim.count("failures.of_operation" if failed else "failures.of_operation_alone", before))
    if not parts:
        return Claim.of("country.short_start", operation=operation["operation_title"]), *flags
    return Claim.of("country.finding", operation=operation["operation_title"], figures=parts), *flags


def compare_link(view: View, operation: str) -> None:
    """Draw the link to Side by side with this operation chosen; the second is chosen there."""
    query = view.query(subject=(operation,), part="")
    label = view.words("country.compare")
    st.page_link("pages/compare.py", label=label, query_params=query, icon=":material/compare_arrows:")


def _figure(view: View, row: OperationReadingRow) -> Claim | str:
    if row["reading"] == "score":
        return Claim.of("country.figure", percent=row["percent"], band=str(row["band_title"]).lower())
    if row["reading"] == "count":
        return Claim.of("country.few", n=row["n_answered"])
    return reading_text(view, row)


def profile_and_counts(view: View, operation: OperationsRow, readings: list[OperationReadingRow]) -> str:
    """Return the operation's profile and, if needed, what its figures are counted from."""
    return "  \n".join(
        said for said in (_profile(view, operation), *of_group(view, operation), _counted_from(view, readings)) if said
    )


def _profile(view: View, operation: OperationsRow) -> str:
    """Return country unless that is its name, region, services, and since when the operation takes part."""
    words = view.words
    parts = [operation["country_title"], operation["region"]]
    if not view.masked:  # Its services and start date would reveal which operation it is.
        services = words.listed(words.titled(f"service.{one}", one) for one in operation["services"])
        parts += [words("country.services", services=services)] if services else []
        parts += [words("country.joined", round=operation["first_round"])] if operation["first_round"] else []
        parts += [words("country.left", round=operation["last_round"])] if operation["last_round"] else []
    return " · ".join(part for part in dict.fromkeys(parts) if part and part != operation["operation_title"])


def of_group(view: View, operation: OperationsRow) -> Iterable[str]:
    """Yield what group of operations it belongs to, and the figures of that group, the mean over its countries."""
    words, group = view.words, operation["of_group"]
    if not group:
        return
    found: list[tuple[str, CompareFiguresRow]] = [
        (kind, row)
        for kind in view.kinds
        for row in escaped_rows(view.published, COMPARE_FIGURES, view.parameters(subject=(group,), by="all", kind=kind))
    ]
    figures = [words("country.part", kind=view.kind_word(kind), figure=reading_text(view, row)) for kind, row in found]
    n_countries = max((row["n_units"] for _, row in found), default=0)
    if figures:
        listed = words.listed(figures)
        yield words.count("country.of_group", n_countries, group=operation["group_title"], figures=listed)


def below_the_mean(view: View, table: pa.Table) -> str:
    """Say in how many of the principles with a figure the operation is below the mean of all countries."""
    pairs = zip(table["percent"].to_pylist(), table["group_mean"].to_pylist(), strict=True)
    below = [own < mean for own, mean in pairs if own is not None and mean is not None]
    area, kind = view.area_word(), view.kind_word()
    if not below:
        return view.words("standing.none", area=area.one, kind=kind)
    return view.words("standing.below", n=sum(below), of=area.counted(view.words, len(below)), kind=kind)


def trend_text(view: View, readings: list[OperationReadingRow]) -> str:
    """Return the trend in a sentence, round by round."""
    return " ".join(
        view.words("trend.line", kind=view.kind_word(row["kind"]), round=row["round_title"], figure=_at(view, row))
        for row in readings
    )


def last_rounds(view: View, readings: list[OperationReadingRow]) -> str:
    """Return the figure of the chosen kind in the last few rounds."""
    words, own = view.words, [row for row in readings if row["kind"] == view.state.kind]
    last = [words("overview.in_round", round=row["round_title"], figure=_at(view, row)) for row in own[-FIRST_NAMED:]]
    return words("trend.last", kind=view.kind_word(), rounds=words.listed(last))


def _at(view: View, row: OperationReadingRow) -> str:
    return reading_text(view, row | {"reading": "score" if row["reading"] == "count" else row["reading"]})


def plan_in_short(view: View, operation: OperationsRow, given: Mapping[str, Value]) -> None:
    """Say how many actions are under way, how many are overdue and when the next is due, with a link to them."""
    words = view.words
    actions = escaped_rows(view.published, PLAN, given)
    live = [row for row in actions if row["live"]]
    overdue = sum(row["overdue"] for row in live)
    to_come = [row["due_on"] for row in live if not row["overdue"]]
    told = [words.count("country.under_way", len(live))] if live else [words("country.none_under_way")]
    told += [words.count("country.overdue", overdue)] if overdue else []
    told += [words("country.next_due", due=min(to_come))] if to_come else []
    st.markdown(f"**{words('country.plan')}**  \n{' · '.join(told)}")
    query = listed(view, operation=operation["operation"])
    st.page_link("pages/plan.py", label=words("country.to_plan"), query_params=query, icon=":material/checklist:")


def context_cards(view: View, figures: list[ContextRow]) -> None:
    """Show outside facts as cards with year and source, old ones marked; a line below lists what is not recorded."""
    words = view.words
    if view.masked:
        st.caption(words("safe.no_outside_facts"))
        return
    if not figures:
        st.caption(words("country.no_facts"))
    cards = [_card(view, row) for row in figures if row["state"] != "not_recorded"]
    draw_html(part("facts", cards))
    missing = [one_line(row["title"]) for row in figures if row["state"] == "not_recorded"]
    if missing:
        st.caption(words("country.not_recorded", titles=escape(words.listed(missing))))


def _card(view: View, row: ContextRow) -> tuple[str, ...]:
    """Return one fact: its state, the figure, what it is, its parts, and who published it for which year."""
    words, value = view.words, row["value"]
    spread = _spread(words, row["parts"])
    shown = spread if value is None else words.figure(value) if row["unit"] else value
    parts = words.listed([_part(words, part) for part in row["parts"]])
    if parts:
        key = "country.parts_alone" if value is None else "country.parts"
        parts = words(key, parts=parts, spread=spread)
    publisher = row["publisher"] or ""
    source = words("country.computed", publisher=publisher) if row["computed"] else publisher
    from_ = words(f"country.{row['state']}", publisher=source, year=str(row["year"]))
    return row["state"], *map(one_line, (f"{shown} {row['unit']}", row["title"], parts, from_))


def _part(words: Words, part: FigurePart) -> str:
    """Return the figure of one part and whom it is about, as in "48.6 female"."""
    age = part["age"] or ""
    traits = [words(f"country.{part[trait]}") for trait in ("sex", "residence") if part[trait]]
    return " ".join([words.figure(part["value"]), *traits, age[:1].lower() + age[1:]]).rstrip()


def _spread(words: Words, parts: list[FigurePart]) -> str:
    """Return the lowest and the highest number of some parts; empty if there are none."""
    values = sorted({part["value"] for part in parts if PUBLISHED.fullmatch(part["value"])}, key=Decimal)
    ends = [words.figure(value) for value in (*values[:1], *values[1:][-1:])]
    return words("country.spread", low=ends[0], high=ends[1]) if len(ends) > 1 else "".join(ends)


def answer_table(view: View, answers: list[AnswersRow]) -> None:
    """Show each criterion of the chosen kind with status, evidence, note and age."""
    words = view.words
    if not answers:
        st.caption(words("safe.answers" if view.masked else "country.no_answers"))
        return
    items = answer_text.items_by_answer(view, operation=answers[0]["operation"], kind="")
    first_rows(view, answers, partial(_answer, view, items, answer_text.failed_marks(view)), "answers")
    answer_text.show_older(view, answers)


def _answer(view: View, items: Marks, failed: Marks, row: AnswersRow) -> dict[str, str]:
    words = view.words
    note = row["na_reason"] or row["note"] or ""
    place = row["operation"], row["criterion"]
    mark = f"  \n{failed[place]}" if place in failed else ""
    said = f"{answer_text.with_version(view, row, answer_text.status(view, row))}{mark}{_inherited(view, row)}"
    return {
        words("column.criterion"): coded(row["text"], row["criterion"]) + answer_text.criterion_marks(view, row),
        words("column.status_title"): f"{said}{_begin(view, row)}",
        words("column.evidence"): answer_text.evidence_and_mark(view, row) + items.get(place, ""),
        words("column.note"): note,
        words("column.age"): answer_text.age(view, row),
    }


def _inherited(view: View, row: AnswersRow) -> str:
    """Return the head office's answer, if it applies."""
    if row["inherited_title"] is None:
        return ""
    said = view.words("country.inherited", status=row["inherited_title"], operation=row["inherited_from"])
    return f"  \n*{said}*"


def _counted_from(view: View, readings: list[OperationReadingRow]) -> str:
    """Say how many answers of the kind in view are the operation's own, inherited and missing; empty if as answered."""
    now = [row for row in readings if row["round"] == view.state.round and row["kind"] == view.state.kind]
    if view.parameters()["counting"] != "inherited" or not now:
        return ""
    inherited, answered, applicable = (
        int(sum(row[name] or 0 for row in now)) for name in ("n_inherited", "n_answered", "n_applicable")
    )
    return view.words(
        "country.counted_from",
        kind=view.kind_word(),
        own=answered - inherited,
        inherited=inherited,
        missing=applicable - answered,
    )


def _begin(view: View, row: AnswersRow) -> str:
    """Return a link to an action if the criterion applies and is not implemented."""
    in_place = row["counts_as"] == "answered" and row["value"] == 1
    if in_place or row["counts_as"] == "not_applicable":
        return ""
    return f"  \n{begin_link(view, criterion=row['criterion'], operation=row['operation'])}"
