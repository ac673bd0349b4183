"""Writes the questions of a round as an XLSForm, which ODK and KoboToolbox turn into a form for phones.

The sheets `survey`, `choices` and `settings` and their columns are those of https://xlsform.org/en.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO

import xlsxwriter

from dashboard.exports.answer_rows import law_in_country
from dashboard.exports.answer_workbook import CREATED_AT
from dashboard.exports.writable import given_writable
from dashboard.model.records import RECORDS, ColumnKind
from dashboard.model.words import Words
from dashboard.model.workbook import (
    ASKED,
    DAY,
    OPERATION,
    ROLE,
    ROUND,
    VERSIONS,
    AnswerForm,
    BookRow,
    cell_text,
    encoded,
    head,
    law_of,
    question_name,
    scale_name,
)

Cells = Mapping[str, str]
SURVEY = ("type", "name", "label", "hint", "required", "relevant", "calculation", "appearance")
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version", "instance_name", "style", "default_language")
YES = "yes"
WIDTHS = {"label": 60, "hint": 40, "relevant": 30, "name": 24, "type": 24, "form_title": 40}
FURTHER = tuple(RECORDS["answers"].column(name) for name in ASKED if name not in ("status", "na_reason"))
"""What is asked once there is a status."""


Spoken = Sequence[tuple[AnswerForm, Words]]
"""A form in several languages, the one in which it is opened first."""
TOLD = ("label", "hint")
"""The columns that say something, in each language."""


@given_writable
def xlsform(spoken: Spoken) -> bytes:
    """Return the form as XLSX bytes. Its version changes with its content, as servers require."""
    form, words = spoken[0]
    survey, choices = (_in_all(spoken, rows) for rows in (_survey, _choices))
    version = sha256(repr((survey, choices)).encode()).hexdigest()[:12]
    sheets = (("survey", SURVEY, survey), ("choices", CHOICES, choices))
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED_AT, "title": form_title(form, words)})
        head = book.add_format({"bold": True, "bg_color": "#E6EAEC", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        opened = {"default_language": _called(words)} if spoken[1:] else {}
        settings = {**_settings(form, version, words), **opened}
        for title, named, rows in (*sheets, ("settings", SETTINGS, [settings])):
            columns = _columns(named, spoken)
            page = book.add_worksheet(title)
            page.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                page.set_column(place, place, WIDTHS.get(column.partition("::")[0], 16))
                page.write_string(0, place, column, head)
                for number, row in enumerate(rows, start=1):
                    page.write_string(number, place, cell_text(row.get(column, "")), text)
    return stream.getvalue()


def _called(words: Words) -> str:
    """Return a language as the columns of a form name it."""
    return f"{words('language.name')} ({words.language})"


def _columns(named: Sequence[str], spoken: Spoken) -> list[str]:
    """Return the columns of a sheet: in a form of several languages, what is said has one for each."""
    if not spoken[1:]:
        return list(named)
    return [
        column
        for name in named
        for column in ([f"{name}::{_called(words)}" for _, words in spoken] if name in TOLD else [name])
    ]


def _in_all(spoken: Spoken, rows: Callable[[AnswerForm, Words], Iterator[Cells]]) -> list[Cells]:
    """Return the rows of a sheet with what each language says; they differ in nothing else."""
    if not spoken[1:]:
        return list(rows(*spoken[0]))
    every = [list(rows(form, words)) for form, words in spoken]
    return [
        {name: cell for name, cell in of[0].items() if name not in TOLD}
        | {
            f"{name}::{_called(words)}": row[name]
            for (_, words), row in zip(spoken, of, strict=True)
            for name in TOLD
            if name in row
        }
        for of in zip(*every, strict=True)
    ]


def form_title(form: AnswerForm, words: Words) -> str:
    """Return what the form is for, in titles."""
    whom = form.about[0]["operation_title"] if len(form.about) == 1 else words("form.all_operations")
    return f"{whom} · {form.about[0]['round_title']}"


def _settings(form: AnswerForm, version: str, words: Words) -> Cells:
    codes = [form.about[0]["round"], *(row["operation"] for row in form.about if len(form.about) == 1)]
    return {
        "form_title": form_title(form, words),
        "form_id": "_".join(("answers", *map(encoded, codes))),
        "version": version,
        "instance_name": f"concat(${{{OPERATION}}}, ' ', ${{{DAY}}})",
        "style": "pages",
    }


def _survey(form: AnswerForm, words: Words) -> Iterator[Cells]:
    """Yield every question, the fixed ones first, then a group for each area."""
    versions = {row["framework"]: row["framework_version"] for row in form.questions}
    yield {"type": "today", "name": DAY}
    yield _fixed(ROUND, encoded(form.about[0]["round"]))
    yield _fixed(VERSIONS, ";".join(f"{framework}={version}" for framework, version in versions.items()))
    if any(row["synthetic"] for row in form.about):
        yield {"type": "note", "name": "illustrative", "label": words("shell.illustrative")}
    yield {"type": "note", "name": "read_me", "label": words("form.read_me")}
    if [row["short"] for row in form.about] == [True]:
        yield {"type": "note", "name": "short_start", "label": words("book.short_start")}
    if len(form.about) == 1:
        yield _fixed(OPERATION, encoded(form.about[0]["operation"]))
    else:
        label = words("form.operation")
        yield {"type": f"select_one {OPERATION}", "name": OPERATION, "label": label, "required": YES}
    yield {"type": "text", "name": ROLE, "label": words("form.role"), "hint": words("form.role_hint")}
    for area, questions in form.areas().items():
        label = f"{questions[0]['framework_title']} · {questions[0]['area_title']}"
        asked = {code for row in questions for code in form.asked[row["criterion"]]}
        yield _begin(f"area_{encoded(area)}", label, _of(form, asked))
        for row in questions:
            yield from _question(form, row, words)
        yield {"type": "end_group"}


def _question(form: AnswerForm, row: BookRow, words: Words) -> Iterator[Cells]:
    """Yield the questions about one criterion: on one screen, and each only once it has a meaning."""
    criterion = row["criterion"]
    status, reason = (question_name(column, criterion) for column in ("status", "na_reason"))
    answered = f"${{{status}}} != ''"
    yield {
        **_begin(f"criterion_{encoded(criterion)}", criterion, _of(form, form.asked[criterion])),
        "appearance": "field-list",
    }
    name, scale = scale_name(row["framework"], row["of_scale"]), _scale(form, row)
    yield {
        "type": f"select_one scale_{encoded(name)}",
        "name": status,
        "label": _plain(row["text"]),
        "hint": _plain(_hint(form, row, words)),
        # Numbers are found by typing: there are too many to scroll through.
        **({"appearance": "minimal autocomplete"} if any(one["number"] is not None for one in scale) else {}),
    }
    exempt = [one["status"] for one in scale if one["counts_as"] == "not_applicable"]
    if exempt:
        relevant = " or ".join(f"${{{status}}} = '{code}'" for code in exempt)
        label = words("form.na_reason")
        yield {"type": "text", "name": reason, "label": label, "required": YES, "relevant": relevant}
    for column in FURTHER:
        label = head("answers", column.name, words)
        type_ = f"select_one {column.name}" if column.words else "date" if column.kind is ColumnKind.DATE else "text"
        yield {"type": type_, "name": question_name(column.name, criterion), "label": label, "relevant": answered}
    yield {"type": "end_group"}


def _hint(form: AnswerForm, row: BookRow, words: Words) -> str:
    """Return when the answer is *partly*, what could show it, and what the law asks."""
    partly = words("standard.partly", when=row["partly"]) if row["partly"] else ""
    shows = words("review.evidence_hint", hint=row["evidence_hint"]) if row["evidence_hint"] else ""
    law = (law_in_country(one, words) for one in law_of(row["criterion"], form.law))
    return " ".join(part for part in (partly, shows, *law) if part)


def _choices(form: AnswerForm, words: Words) -> Iterator[Cells]:
    if len(form.about) > 1:
        for row in form.about:
            label = _plain(row["operation_title"])
            yield {"list_name": OPERATION, "name": encoded(row["operation"]), "label": label}
    for name, of_scale in {scale_name(row["framework"], row["of_scale"]): row for row in form.questions}.items():
        for row in _scale(form, of_scale):
            yield {"list_name": f"scale_{encoded(name)}", "name": row["status"], "label": _plain(row["title"])}
    for column in FURTHER:
        for code in column.words:
            yield {"list_name": column.name, "name": code, "label": words(f"{column.name}.{code}")}


def _scale(form: AnswerForm, question: BookRow) -> Sequence[BookRow]:
    """Return the answers to a question."""
    of = question["framework"], question["of_scale"]
    return [row for row in form.statuses if (row["framework"], row["of_scale"]) == of]


def _begin(name: str, label: str, relevant: str) -> Cells:
    return {"type": "begin_group", "name": name, "label": _plain(label), "relevant": relevant}


def _fixed(name: str, value: str) -> Cells:
    """Return a value that nobody is asked."""
    return {"type": "calculate", "name": name, "calculation": f"'{value}'"}


def _of(form: AnswerForm, operations: Sequence[str] | set[str]) -> str:
    """Return the condition that the operation is one of these; empty if all of them are asked."""
    if len(form.about) == 1 or len(operations) == len(form.about):
        return ""
    return f"selected('{' '.join(sorted(map(encoded, operations)))}', ${{{OPERATION}}})"


def _plain(text: str) -> str:
    """Return a text in which nothing is taken for a reference to another question."""
    return text.replace("${", "$ {")
