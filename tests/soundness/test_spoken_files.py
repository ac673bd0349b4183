"""Can people work in French and Spanish: workbooks and forms out and back, own sheets, and the same figures?"""

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from dashboard.exports.xlsform import xlsform
from dashboard.loading.frameworks import read_library
from dashboard.loading.library import english_of
from dashboard.loading.yaml_file import languages, read_words
from dashboard.model.problem import Problem
from dashboard.model.translation import fingerprint
from dashboard.model.workbook import head
from dashboard.queries.ask import ask
from dashboard.queries.elements.search import index_of
from dashboard.store.overlays import in_language
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Published, Reader
from dashboard.tasks.figure_tables import figures_of
from dashboard.tasks.workbook_file import XLSFORM, WantedFile, spoken_forms
from tests.books import HEAD, Cells, cells_of, write
from tests.conftest import TODAY, WRITER, copy_of
from tests.spoken import group, translate
from tests.tasks.test_command import call

SPOKEN = [language for language in languages() if language != "en"]
OF = {"fr": "cod-op", "es": "bol-op"}


def row_of(sheet: Cells, id_: str) -> list[object]:
    return next(row for row in sheet[HEAD + 1 :] if row[0] == id_)


def stored(store: Path, operation: str, criterion: str) -> Sequence[object]:
    published = Reader(store).current()
    assert published is not None
    with published.connection:
        return published.connection.execute(
            "SELECT s.status, a.evidence, a.note FROM answer AS a JOIN operation USING (operation_no) "
            "JOIN criterion USING (criterion_no) JOIN round AS r USING (round_no) JOIN scale AS s USING (status_no) "
            "WHERE operation = $operation AND criterion = $criterion AND r.round = '2025'",
            {"operation": operation, "criterion": criterion},
        ).fetchall()[0]


@pytest.mark.thorough
@pytest.mark.parametrize("language", SPOKEN)
def test_a_workbook_goes_out_in_a_language_with_the_english_beside_and_comes_back(
    sample_store: Path, tmp_path: Path, language: str
) -> None:
    store, path, words = copy_of(sample_store, tmp_path / "store"), tmp_path / "book.xlsx", read_words(language)
    asked = ("--operation", OF[language], "--round", "2025", "--language", language, "--store", store)
    assert call("template", *asked, "--to", path).exit_code == 0
    sheets = cells_of(path.read_bytes())
    sheet = next(cells for cells in sheets.values() if any(row[0] == "CRBP-09.a" for row in cells))
    row, heads = row_of(sheet, "CRBP-09.a"), sheet[HEAD]
    question = str(row[heads.index(head("answers", "text", words))])
    assert question.endswith("and at girls and boys separately.")
    assert not question.startswith("In conflicts"), "the language of the reader comes first"
    statuses = {str(one) for row in sheets["lists"] for one in row}
    title = {"fr": "Mis en œuvre", "es": "Implementado"}[language]
    assert title in statuses
    for name, cell in {
        "status": title,
        "evidence": words("evidence.seen"),
        "note": "Réglé / Resuelto",
        "answered_by_role": "Sécurité",
        "answered_on": "2025-05-20",
    }.items():
        row[heads.index(head("answers", name, words))] = cell
    write(path, sheets)
    assert call("publish", path, "--store", store, "--role", "Steward", "--accept").exit_code == 0
    status, evidence, note = stored(store, OF[language], "CRBP-09.a")
    assert (status, evidence, note) == ("implemented", 2, "Réglé / Resuelto")


@pytest.mark.thorough
def test_a_form_asks_in_every_language_and_opens_in_the_wanted_one(published: Published) -> None:
    forms = spoken_forms(published, WantedFile("cod-op", "2025", XLSFORM, language="fr"))
    assert [words.language for _, words in forms] == ["fr", "en", *[one for one in SPOKEN if one != "fr"]]
    cells = cells_of(xlsform(forms))
    heads = cells["survey"][0]
    called = ["Français (fr)", "English (en)", "Español (es)"]
    assert [one for one in heads if str(one).startswith("label")] == [f"label::{name}" for name in called]
    rows = [dict(zip(heads, row, strict=True)) for row in cells["survey"][1:]]
    (asked,) = [row for row in rows if row["name"] == "status_CRBP_08__a"]
    texts = [str(asked[f"label::{name}"]) for name in called]
    assert texts[1].startswith("Security risks to children are assessed")
    assert len(set(texts)) == 3
    statuses = [row for row in cells["choices"][1:] if row[1] == "partly"]
    assert next(row[2:5] for row in statuses) == [
        "Partiellement mis en œuvre", "Partly implemented", "Parcialmente implementado",
    ]  # fmt: skip
    settings = dict(zip(cells["settings"][0], cells["settings"][1], strict=True))
    assert settings["default_language"] == "Français (fr)"


SHEETS = {
    "fr": "Pays;Question;Réponse;Preuve;Répondu le\nTchad;CRBP-06.a;Partiellement mis en œuvre;Vue par un vérificateur;"
    "12/05/2025\nRD Congo;CRBP-06.a;Non mis en œuvre;;13/05/2025\nSénégal;CRBP-06.a;sans objet;;\n",
    "es": "País;Pregunta;Respuesta;Evidencia;Respondido el\nBolivia;CRBP-06.a;Parcialmente implementado;Vista por un "
    "revisor;12/05/2025\nRD Congo;CRBP-06.a;No implementado;;13/05/2025\nColombia;CRBP-06.a;no aplicable;;\n",
}


@pytest.mark.thorough
@pytest.mark.parametrize("language", SPOKEN)
def test_a_sheet_of_an_office_is_read_by_the_words_of_its_language(
    sample_store: Path, tmp_path: Path, language: str
) -> None:
    path, made = tmp_path / "bureau.csv", tmp_path / "answers.csv"
    path.write_text(SHEETS[language], "utf-8")
    result = call("import", path, "--store", sample_store, "--set", "round=2025", "--to", made)
    assert made.exists(), result.output
    rows = made.read_text("utf-8").splitlines()
    found = [dict(zip(rows[0].split(","), row.split(","), strict=False)) for row in rows[1:]]
    first = {"fr": "tcd-op", "es": "bol-op"}[language]
    assert [(row["operation"], row["status"]) for row in found][:2] == [
        (first, "partly"), ("cod-op", "not_implemented"),
    ]  # fmt: skip
    assert found[0]["evidence"] == "seen"
    assert found[0]["answered_on"] == "2025-05-12"


TABLES = (("heatmap", "places"), ("overview", "headline"), ("changes", "changes"), ("risks", "risk_list"))


@pytest.mark.thorough
@pytest.mark.parametrize("language", SPOKEN)
def test_the_same_answers_give_the_same_figures_in_every_language(published: Published, language: str) -> None:
    english = numbers(published, "en")
    assert numbers(published, language) == english
    assert any(english.values())


def numbers(published: Published, language: str) -> dict[str, list[list[object]]]:
    """By table: every number and code in it, without the texts."""
    found = {}
    for page, table in TABLES:
        told = figures_of(published, page, table, {"lang": language, "round": "2025"}, TODAY, ask)
        assert not isinstance(told, Problem), told
        assert isinstance(told.rows, pa.Table)
        rows = told.rows.to_pylist()
        found[table] = sorted(
            (
                [c for name, c in row.items() if not isinstance(c, str | list) and "position" not in name]
                for row in rows
            ),
            key=repr,
        )
    return found


@pytest.mark.parametrize("language", SPOKEN)
def test_the_law_is_told_in_the_language_and_found_in_both(published: Published, language: str) -> None:
    spoken, asks = in_language(published, language), "SELECT law, asks FROM law WHERE asks IS NOT NULL ORDER BY law"
    with published.cursor() as ours, spoken.cursor() as theirs:
        english, own = dict(ours.execute(asks).fetchall()), dict(theirs.execute(asks).fetchall())
    assert not set(english.values()) & set(own.values())
    index = index_of(spoken, language)
    for said in (english, own):
        found = {law: [item.id for item in index.find(text, ("law",)).items] for law, text in list(said.items())[::15]}
        assert {law: ids for law, ids in found.items() if law not in ids} == {}


@pytest.mark.thorough
@pytest.mark.parametrize("language", SPOKEN)
def test_guidance_cases_and_settings_are_told_in_the_language(published: Published, language: str) -> None:
    spoken = in_language(published, language)
    known = known_codes(published)
    assert known.wording(language) == language
    with published.cursor() as ours, spoken.cursor() as theirs:
        for table, columns in {
            "guidance": "title, situation, this_month, watch_out, sources[1].gives",
            "guidance_card": "situation, this_year",
            "case_card": "lesson, facts[1].fact, what_to_copy",
            "setting": "exposed, first_question",
            "tension": "question",
            "framework": "title, licence_note",
            "tour_step": "note",
        }.items():
            key = {"guidance_card": "guidance", "case_card": "case_study", "tour_step": "id"}.get(table, table)
            question = f"SELECT {columns} FROM {table} WHERE {columns.split(',')[0]} IS NOT NULL ORDER BY {key}"  # noqa: S608
            english, own = ours.execute(question).fetchall(), theirs.execute(question).fetchall()
            assert len(english) == len(own)
            for was, now in zip(english, own, strict=True):
                assert all(a != b for a, b in zip(was, now, strict=True) if a), (table, was, now)


@pytest.mark.thorough
def test_a_reminder_speaks_the_language_of_its_operation(sample_store: Path, tmp_path: Path) -> None:
    made = call("owed", "--format", "eml", "-o", tmp_path, "--round", "2025", "--store", sample_store)
    assert made.exit_code == 0, made.output
    subjects = {
        path.stem: str(message_from_bytes(path.read_bytes(), policy=default)["subject"]) for path in tmp_path.iterdir()
    }
    assert subjects["cod-op"] == "Cycle 2025\u00a0: réponses attendues (RD Congo)"
    assert subjects["pry-op"] == "Ronda 2025: respuestas por entregar (Paraguay)"
    assert subjects["gha-op"] == "Round 2025: answers due from Ghana"


@pytest.mark.thorough
def test_a_text_whose_english_has_changed_says_so_wherever_it_is_asked(tmp_path: Path) -> None:
    folder, store, book = group(tmp_path / "group"), tmp_path / "store", tmp_path / "book.xlsx"
    file = translate(folder, "fr", {"T1.a": {"text": "Les jouets sont sûrs."}, "T1.b": {"text": "Il y a une règle."}})
    made_from = {
        "T1.a": {"text": fingerprint("Toys were safe.")},
        "T1.b": {"text": fingerprint(text_of(folder, "T1.b"))},
    }
    file.write_text(f"{file.read_text('utf-8')}{yaml.safe_dump({'made_from': made_from})}", "utf-8")
    assert "fr: " not in call("check", folder, "--store", store).output, "nobody asked"
    checked = call("check", folder, "--verbose", "--store", store)
    assert re.search(r"^fr: draft: .*English changed since: 1$", checked.output, re.M), checked.output
    outcome = publish(Load(store, [folder], WRITER, TODAY))
    assert outcome.revision is not None, outcome.problems
    asked = ("--operation", "a-op", "--round", "R2", "--language", "fr", "--store", store)
    assert call("template", *asked, "--to", book).exit_code == 0
    cells = {
        str(row[0]): str(row[1]) for sheet in cells_of(book.read_bytes()).values() for row in sheet if len(row) > 1
    }
    mark, beside = "[le texte anglais a changé depuis]", "En anglais\u00a0: "
    assert cells["T1.a"].startswith(f"Les jouets sont sûrs. {mark}")
    assert cells["T1.a"].endswith(f"{beside}{text_of(folder, 'T1.a')}")
    assert cells["T1.b"].startswith("Il y a une règle.")
    assert mark not in cells["T1.b"]
    assert beside in cells["T1.b"], "it is a draft"


def text_of(folder: Path, criterion: str) -> str:
    """The English of a criterion in the files of a group."""
    library, _ = read_library([folder / "frameworks"])
    return english_of(library)[criterion]["text"]
