"""Is a sheet of ballots a single file that loads nothing, lists every answer, and treats what people wrote as text?"""

import re
from dataclasses import replace

from dashboard.exports.handouts import LONG, ON_A_SHEET, paper_ballots
from dashboard.loading.yaml_file import read_words
from tests.voting import NEEDS, SEVERITY

SAID = SEVERITY.said["en"]


def test_four_ballots_with_question_answers_and_room_for_a_note() -> None:
    words = read_words()
    page = paper_ballots(words, SAID).decode()
    assert page.count('<section class="ballot">') == ON_A_SHEET
    for text in (SAID.asks, SAID.where, "Children sell &lt;airtime&gt;.", words("paper.note"), "4 – grade 4"):
        assert page.count(text) == ON_A_SHEET
    assert page.count("<li>") == ON_A_SHEET * len(SAID.choices)
    assert "<airtime>" not in page


def test_it_loads_and_runs_nothing() -> None:
    page = paper_ballots(read_words(), SAID).decode()
    assert not any(text in page for text in ("http", "<script", "<link", "src=", "url("))


def test_what_is_long_gets_half_a_sheet() -> None:
    page = paper_ballots(read_words(), replace(SAID, about="word " * (LONG // 5))).decode()
    assert page.count('<section class="ballot">') == ON_A_SHEET // 2


def test_what_each_grade_needs_stands_below_it_and_gets_half_a_sheet() -> None:
    words = read_words()
    page = paper_ballots(words, replace(SAID, needs=NEEDS)).decode()
    assert page.count('<section class="ballot">') == ON_A_SHEET // 2
    grade = re.search(r"<li><span>4 – grade 4(.*?)</span></li>", page, re.DOTALL)
    assert grade
    assert re.findall(r"<small>(.*?)</small>", grade[1]) == ["harm &lt;4&gt;", "4 children", "put right 4"]
    assert page.count(words("rating.highest")) == ON_A_SHEET // 2
    assert words("rating.highest") not in paper_ballots(words, SAID).decode()
