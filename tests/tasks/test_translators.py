"""Does a PO file hold every text with what is known about it, and does each mistake in one name its line?"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.loading.frameworks import read_library
from dashboard.loading.library import Library
from dashboard.loading.yaml_file import read_words
from dashboard.model.translation import fingerprint
from dashboard.model.words import Words
from dashboard.tasks.po_files import PoReader, from_po, plural_forms, to_po
from dashboard.tasks.translations import Said, Texts, texts_in
from tests.conftest import ROOT

DAY = date(2026, 1, 1)
READER = PoReader("Translator of the group", DAY)
ENGLISH = {
    "menu.act": "Act",
    "gaps.one": "One gap in **{country}**.",
    "gaps.other": "{n} gaps in **{country}**.",
    "T1.a|text": "Children are asked.",
}


def said(*, stale: bool = False) -> Texts:
    texts = {
        "menu.act": Said("Agir", fingerprint("Do" if stale else "Act")),
        "gaps.one": Said("{n} lacune : **{country}**.", fingerprint(ENGLISH["gaps.one"])),
        "gaps.other": Said("{n} lacunes : **{country}**.", fingerprint(ENGLISH["gaps.other"])),
        "T1.a|text": Said("Les enfants sont consultés.", fingerprint(ENGLISH["T1.a|text"])),
    }
    return Texts("fr", ENGLISH, {"menu": "The menu."}, texts)


def test_out_and_in_is_the_same_and_every_text_carries_its_key_place_and_state() -> None:
    texts = said(stale=True)
    content = to_po(texts, DAY)
    catalog = read_po(lines_of(content))
    act = catalog.get("Act", context="menu.act")
    assert act is not None
    assert (act.string, act.flags >= {"fuzzy"}, act.auto_comments) == ("Agir", True, ["The menu."])
    gaps = catalog.get(("One gap in **{country}**.", "{n} gaps in **{country}**."), context="gaps")
    assert gaps is not None
    assert isinstance(gaps.string, tuple)
    assert (gaps.string[0], gaps.string[-1]) == ("{n} lacune : **{country}**.", "{n} lacunes : **{country}**.")
    again, problems = from_po(content, "fr.po", texts, READER)
    assert problems == ()
    assert {key: one.text for key, one in again.said.items()} == {key: one.text for key, one in texts.said.items()}
    assert again.states() == texts.states() == {"draft": 3, "stale": 1}


def lines_of(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def changed(*swaps: tuple[str, str]) -> Callable[[], bytes]:
    def content() -> bytes:
        text = to_po(said(), DAY).decode()
        for old, new in swaps:
            assert old in text
            text = text.replace(old, new)
        return text.encode()

    return content


@pytest.mark.parametrize(
    ("content", "kind", "at"),
    [
        (changed(("Les enfants sont consultés.", "{n} enfants sont consultés.")), "po_places", "Les enfants"),
        (changed(("{n} lacunes : **{country}**.", "{n} lacunes.")), "po_places", "msgctxt"),
        (changed(("{n} lacunes : **{country}**.", "{n} lacunes : {country}.")), "po_markup", "msgctxt"),
        (changed(("Language: fr", "Language: es")), "po_language", ""),
        (changed(('msgctxt "menu.act"', 'msgctxt "menu.axt"')), "unknown_id", "menu.act"),
        (changed(('msgctxt "menu.act"', 'msgctxt "T1.a|text"')), "key_twice", ""),
        (lambda: b"\xff\xfe", "unreadable", ""),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_rest_counts(content: Callable[[], bytes], kind: str, at: str) -> None:
    _, problems = from_po(content(), "fr.po", said(), READER)
    (problem,) = [one for one in problems if one.kind == kind]
    assert problem.file == "fr.po"
    if kind in ("po_places", "po_markup", "unknown_id", "key_twice"):
        assert problem.row is not None


def test_what_is_no_longer_fuzzy_has_been_read_by_somebody() -> None:
    unread = to_po(said(), DAY)
    read = unread.replace(b"#, fuzzy, python-brace-format\n", b"#, python-brace-format\n").replace(b"#, fuzzy\n", b"")
    nobody, (problem,) = from_po(read, "fr.po", said(), PoReader())
    assert (problem.kind, nobody) == ("po_role", said())
    texts, problems = from_po(read, "fr.po", said(), READER)
    assert problems == ()
    assert texts.states() == {"read": 4}
    assert texts.said["menu.act"].reading is not None
    assert texts.said["menu.act"].reading.role == "Translator of the group"
    # Read once, it stays as it was read when somebody else hands in the same.
    later, _ = from_po(to_po(texts, DAY), "fr.po", texts, PoReader("Somebody else", date(2026, 2, 2)))
    assert later.said == texts.said
    changed_english = replace(texts, english={**ENGLISH, "menu.act": "Take action"})
    assert changed_english.states() == {"read": 3, "stale": 1}


def test_forms_are_those_of_the_language_in_the_order_of_its_file() -> None:
    assert plural_forms("fr")[0] == "one"
    assert plural_forms("pl")[:3] == ("one", "few", "many")
    assert plural_forms("ja") == ("other",)


def test_the_command_writes_and_reads_back_what_it_wrote(tmp_path: Path) -> None:
    run = CliRunner()
    po, into = tmp_path / "fr.po", tmp_path / "group"
    out = run.invoke(main, ["words", "fr", "--to", str(po)])
    assert out.exit_code == 0, out.output
    shutil.copytree(ROOT / "frameworks", into / "frameworks")
    for path in into.rglob("fr.yaml"):
        path.unlink()
    back = run.invoke(main, ["words", "fr", "--from", str(po), "--into", str(into)])
    assert back.exit_code == 0, back.output
    assert back.output.splitlines()[-1] == out.output.splitlines()[-1]
    library, problems = read_library([into / "frameworks"])
    assert [problem for problem in problems if problem.serious] == []
    ours, _ = read_library([ROOT / "frameworks"])
    texts = texts_in("fr", read_words("fr"), replace(ours, translations=library.translations))
    assert texts.said == texts_in("fr", read_words("fr"), ours).said


@pytest.mark.parametrize(
    ("language", "told"),
    [("zz", "“zz” is not the code of a language."), ("Fr", "Did you mean fr?"), ("en", "English is what others")],
)
def test_what_cannot_be_translated_into_is_a_sentence(tmp_path: Path, language: str, told: str) -> None:
    result = CliRunner().invoke(main, ["words", language, "--to", str(tmp_path / "x.po")])
    assert result.exit_code != 0
    assert told in result.output
    assert not (tmp_path / "x.po").exists()


def test_a_language_without_words_has_all_of_them_to_translate() -> None:
    english = read_words()
    texts = texts_in("de", Words("de", {}, english.texts), Library())
    assert texts.states() == {"missing": len(english.texts)}
