"""The Changes page: the earlier round, how far scores moved, which answers changed, which critical criteria failed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

import pyarrow as pa
import streamlit as st

from dashboard.model.words import FIRST_NAMED, MOST_NAMED, Claim, Claims
from dashboard.queries.ask import Value, ask
from dashboard.queries.compare.answer_moves import ChangesMovesRow
from dashboard.queries.compare.changes import ChangesAskedRow, ChangesRow
from dashboard.queries.elements.failures import FAILURES
from dashboard.queries.every_page import ILLUSTRATIVE
from dashboard.queries.question import Question
from dashboard.ui.elements.answer_text import failures_moved, reversed_mark, silent_lines, status
from dashboard.ui.elements.choices import PageChoice, Shape, choose_one
from dashboard.ui.elements.folds import at_once, first_lines, the_rest
from dashboard.ui.elements.marks import coded
from dashboard.ui.elements.sentences import as_answered
from dashboard.ui.elements.show import as_table
from dashboard.ui.escape import escape_label, escaped_rows, short
from dashboard.ui.view import View

Row = Mapping[str, Any]
MOVES = ("better", "worse", "became_not_applicable", "became_applicable", "newly_answered", "no_longer_answered")
ONE_SIDED = ("newly_asked", "no_longer_asked", "reworded")
SIDE = {"counts_as": "as", "value": "value", "status_title": "title"}
COLUMNS = ["move", "country_title", "operation_title", "criterion", "text", "was_title", "now_title", "note"]
"""The columns of the table of moves that make sense to a reader."""
AT_ONCE, ON_A_PHONE = 3, 1
WIDTH = 64


class RoundsBeforeRow(TypedDict):
    """A row of `rounds_before`."""

    round: str
    title: str


ROUNDS_BEFORE = Question("rounds_before", RoundsBeforeRow)


class ChangesMembersRow(TypedDict):
    """A row of `changes_members`."""

    operation: str
    operation_title: str
    round: str


CHANGES_MEMBERS = Question("changes_members", ChangesMembersRow)


def choose_earlier(view: View) -> str:
    """Let the user choose the earlier round, by default the previous one; empty if there is none."""
    titles = {row["round"]: row["title"] for row in escaped_rows(view.published, ROUNDS_BEFORE, view.parameters())}
    if not titles:
        return ""
    nearest = next(iter(titles))
    if view.state.earlier and view.state.earlier not in titles:
        st.caption(view.words("changes.not_before"))
        st.session_state["earlier"] = ""
    named = {
        code: escape_label(view.words("changes.round_before" if code == nearest else "changes.since", title=title))
        for code, title in titles.items()
    }
    return choose_one(view, PageChoice("earlier", view.words("changes.earlier"), named, nearest, Shape.LIST))


def choose_moved(view: View, countries: list[ChangesRow]) -> tuple[str, ...]:
    """Let the user choose the country whose changes are listed, as a click on its line does; empty lists all."""
    titles = {row["country"]: row["country_title"] for row in countries}
    options = {"": view.words("changes.all_moves")} | {code: escape_label(title) for code, title in titles.items()}
    label = view.words("changes.moved_in")
    chosen = choose_one(view, PageChoice("of_country", label, options, "", Shape.LIST, labelled=True))
    return (chosen,) if chosen else view.state.country


def finding(view: View, countries: list[ChangesRow]) -> Claims:
    """Say how far the mean has moved, on how many matched answers, and how many of them improved or slipped."""
    if not countries:
        (mark,) = escaped_rows(view.published, ILLUSTRATIVE, view.parameters())
        return (
            Claim.of("overview.only_started")
            if mark["short_starts"]
            else Claim.of("changes.nothing", reset=view.reset()),
        )
    row = countries[0]
    if row["all_change"] is None:
        if uncovered := [country for country in countries if _is_uncovered(country)]:
            who = _named_alone(view, uncovered)
            return (Claim.of("changes.none_covered", earlier=row["earlier_title"], who=who),)
        n = sum(country["n_matched"] for country in countries)
        return (Claim.of("changes.too_few", n=n, earlier=row["earlier_title"], below=row["count_below"]),)
    said = Claim.of(
        f"changes.{_way(row['all_change'])}",
        kind=view.kind_word(),
        change=Claim.count("changes.points", int(abs(row["all_change"]))),
        earlier=row["earlier_title"],
        matched=Claim.count("changes.matched", row["all_matched"]),
        countries=Claim.count("changes.countries", row["all_countries"]),
        better=row["all_better"],
        worse=row["all_worse"],
    )
    return (as_answered(view, said),)


def _way(change: float) -> str:
    return "rose" if change > 0 else "fell" if change < 0 else "level"


def beside_the_mean(view: View, countries: list[ChangesRow], earlier: str) -> str:
    """Say what matched means are, and which countries are left out of the mean and why."""
    words = view.words
    head_office = [
        words("changes.stands_beside", country=row["country_title"], change=f"{row['change']:+.0f}", n=row["n_matched"])
        for row in countries
        if row["enough"] and row["covered"] and not row["enters"]
    ]
    few = _with_few(view, [row for row in countries if not row["enough"]])
    outside = [*head_office, *_uncovered(view, [row for row in countries if _is_uncovered(row)]), *few]
    said = [words("changes.matched_means"), *_of_one_round(view, countries[0], earlier)]
    return " ".join([*said, *([words("changes.outside", who="; ".join(outside))] if outside else [])])


def _of_one_round(view: View, row: ChangesRow, earlier: str) -> Iterator[str]:
    """Yield the operations that are asked in only one of the two rounds: they joined, left, or have another scope."""
    found = escaped_rows(view.published, CHANGES_MEMBERS, view.parameters(earlier=earlier))
    for code, title in ((earlier, row["earlier_title"]), (view.state.round, row["round_title"])):
        if names := [one["operation_title"] for one in found if one["round"] == code]:
            yield view.words("changes.only_in", round=title, names=view.words.some("operations", names))


def _is_uncovered(row: ChangesRow) -> bool:
    """Whether answers match, but are too few for a figure in one of the two rounds."""
    return row["enough"] and not row["covered"]


def _uncovered(view: View, rows: list[ChangesRow]) -> list[str]:
    """Return the countries that have too few answers for a figure; of many, how many they are and the first."""
    if len(rows) > MOST_NAMED:
        return [view.words("changes.uncovered_of_many", n=len(rows), names=_named_alone(view, rows[:FIRST_NAMED]))]
    return [
        view.words(
            "changes.uncovered",
            country=row["country_title"],
            change=f"{row['change']:+.0f}",
            n=row["n_matched"],
            of=row["n_applicable"],
        )
        for row in rows
    ]


def _named_alone(view: View, rows: list[ChangesRow]) -> str:
    return view.words.some(
        "countries",
        [
            view.words("changes.on_few", country=row["country_title"], n=row["n_matched"], of=row["n_applicable"])
            for row in rows
        ],
    )


def _with_few(view: View, few: list[ChangesRow]) -> list[str]:
    """Return the countries with too few matched answers; of many, how many they are and those with the fewest."""
    words = view.words
    if len(few) <= MOST_NAMED:
        return [
            words("changes.few", country=row["country_title"], n=row["n_matched"], below=row["count_below"])
            for row in few
        ]
    fewest = sorted(few, key=lambda row: row["n_matched"])[:FIRST_NAMED]
    named = [words("changes.few_in", country=row["country_title"], n=row["n_matched"]) for row in fewest]
    below = few[0]["count_below"]
    return [words("changes.few_of_many", n=len(few), below=below, names=words.listed(named))]


def show_rises(view: View, countries: list[ChangesRow]) -> None:
    """Show which countries rose only because answers are missing: a few at once, the rest one click away."""
    lines = [rose_by(view, row) for row in countries if row["rose_by"]]
    first = at_once(AT_ONCE, ON_A_PHONE)
    for line in lines[:first]:
        st.markdown(line)
    if more := the_rest(view, len(lines) - first, "rises"):
        more.markdown("\n\n".join(lines[first:]))


def rose_by(view: View, row: ChangesRow) -> str:
    """Return the sentence about a country whose score rose only because answers are missing."""
    words = view.words
    way = "few" if row["now"] is None or row["was"] is None else _way(row["now"] - row["was"])
    matched = words(f"changes.matched_{way}", m=row["n_matched"], was=row["was"], now=row["now"])
    said = Claim.count(
        f"changes.only_{row['rose_by']}",
        row["n_dropped"],
        country=row["country_title"],
        was=row["own_was"],
        now=row["own_now"],
        kept=row["own_kept"],
        matched=matched,
    )
    return words.say(as_answered(view, said))


@dataclass(frozen=True)
class Outside:
    """The countries outside the mean, by title, and how many of their matched answers improved or slipped."""

    titles: frozenset[str]
    n: Mapping[str, int]


def outside_the_mean(countries: list[ChangesRow], chosen: tuple[str, ...]) -> Outside:
    """Return what is listed but not in the mean: the head office, and countries with too few answers."""
    outside = [row for row in countries if not row["enters"] and (not chosen or row["country"] in chosen)]
    n = {"better": sum(row["n_better"] for row in outside), "worse": sum(row["n_worse"] for row in outside)}
    return Outside(frozenset(row["country_title"] for row in outside), n)


def show_moves(view: View, moves: list[ChangesMovesRow], asked: list[ChangesAskedRow], outside: Outside) -> None:
    """Show each kind of change with its count: a few as sentences, the rest one click away.

    Changes outside the mean are listed separately, so that the rest match the count in the page's opening sentence.
    """
    for name in MOVES:
        group = [row for row in moves if row["move"] == name]
        if not group:
            continue
        apart = [row for row in group if name in outside.n and row["country_title"] in outside.titles]
        n, n_apart = group[0]["n_move"], outside.n.get(name, 0)
        if n > n_apart:
            lines = [_move(view, row) for row in group if row not in apart]
            _show_group(view, name, n - n_apart, view.words.shown(n - n_apart), lines)
        if n_apart:
            lines = [_move(view, row) for row in apart]
            _show_group(view, f"{name}_outside", n_apart, view.words.shown(n_apart), lines)
    for name in ONE_SIDED:
        of_name = [row for row in asked if row["move"] == name]
        if of_name:
            n_lines, n_answers = of_name[0]["n_move"], of_name[0]["n_answers"]
            _show_group(view, name, n_lines, view.words.shown(n_answers), [_asked(view, row) for row in of_name])
    if not moves and not asked:
        st.markdown(view.words("safe.answers" if view.masked else "changes.nothing_moved"))


def show_move_table(view: View, given: Mapping[str, Value]) -> None:
    """Offer the answers that moved as a table; the page lists the first of each kind, the file has all of them."""
    moves = ask(view.published, "changes_moves", given)
    if not moves.num_rows:
        return
    counts = dict(zip(moves["move"].to_pylist(), moves["n_move"].to_pylist(), strict=True))
    n_all = sum(counts.values())
    parts = view.words.listed(view.words(f"changes.n_{name}", n=counts[name]) for name in MOVES if name in counts)
    finding = view.words.count("changes.counted", n_all, parts=parts)

    def whole() -> pa.Table:
        return ask(view.published, "changes_moves", {**given, "whole": True}).select(COLUMNS)

    st.markdown(f"**{view.words('changes.table')}**")
    as_table(moves.select(COLUMNS), view, "moves", n_all - moves.num_rows, whole, finding)


def _show_group(view: View, name: str, n_lines: int, n_said: str, lines: list[str]) -> None:
    """Show one group; `lines` are the first of `n_lines`, and `n_said` is the number of answers behind all of them."""
    key = f"changes.{name}" if name.endswith("_outside") else f"changes.move_{name}"
    title, first = f"**{view.words(key)}: {n_said}**", at_once(AT_ONCE, ON_A_PHONE)
    st.markdown("\n".join([title, "", *(f"- {line}" for line in lines[:first])]))
    if more := the_rest(view, n_lines - first, name):
        rest = "\n".join(f"- {line}" for line in lines[first:])
        left = n_lines - len(lines)
        more.markdown(f"{rest}\n\n{view.words.count('show.not_listed', left)}" if left else rest)


def _move(view: View, row: ChangesMovesRow) -> str:
    reason = row["note"] if row["move"] == "became_not_applicable" else None
    said = view.words(
        "changes.move_with_reason" if reason else "changes.move",
        who=row["operation_title"],
        text=short(row["text"], WIDTH) + reversed_mark(view, row),
        was=_side(view, row, "was"),
        now=_side(view, row, "now"),
        reason=reason,
    )
    return coded(said, row["criterion"])


def _side(view: View, row: Row, side: str) -> str:
    """Return the status on one side of the arrow; a mark other than a circle would look like part of the arrow."""
    if row[f"{side}_as"] != "answered":
        return view.words(f"counts_as.{row[f'{side}_as']}")
    return status(view, {name: row[f"{side}_{of}"] for name, of in SIDE.items()})


def _asked(view: View, row: ChangesAskedRow) -> str:
    if row["move"] == "reworded":
        text = short(row["title"], WIDTH)
        return coded(view.words("changes.reworded", text=text, version=row["since"]), row["code"])
    key = f"changes.{row['move']}_{'everything' if row['everything'] else 'some'}"
    return view.words.count(key, row["n"], who=row["title"])


def show_failures(view: View, given: Mapping[str, Value]) -> None:
    """Say how many failed in each round, then list those that failed before and have no answer now."""
    words = view.words
    found = escaped_rows(view.published, FAILURES, given)
    failures = [row for row in found if row["kind"] == view.state.kind and row["enters"]]
    if told := "; ".join(failures_moved(view, failures)):
        st.markdown(words("failures.sentence", text=told[:1].upper() + told[1:]))
    if lines := [f"- {line}" for line in silent_lines(view, failures)]:
        title = f"**{words('failures.listed')}: {words.shown(len(lines))}**\n\n"
        first_lines(view, lines, at_once(AT_ONCE, ON_A_PHONE), "silent", title)
