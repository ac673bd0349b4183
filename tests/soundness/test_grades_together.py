"""Do the grades of two impacts ever combine into one more severe than either? They once did, without an error."""

from pathlib import Path
from shutil import copytree

from dashboard.model.view_state import ViewState, normalised
from dashboard.model.words import Words
from dashboard.queries.ask import rows
from dashboard.queries.overview_headline import EXPOSURES
from dashboard.store.published_codes import known_codes
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish
from dashboard.store.reader import Reader
from dashboard.ui.view import View
from tests.conftest import TINY, TODAY, WRITER

IMPACT = "  - {{impact: {code}, risk_area: {area}, setting: toy_shop, polarity: risk, text: Toy {code} hurts.}}\n"
AREA = "  - {risk_area: TOY-RA2, title: Loud toys, text: Toys may be loud., citation: Toy standard}\n"
RISKS = """\
round,operation,impact,found,scale,scope,irremediability,likelihood,basis
R2,a-op,TOY-I1,yes,4,1,1,1,Seen.
R2,a-op,TOY-I3,yes,3,3,3,4,Seen.
R2,a-op,TOY-I4,yes,4,2,2,3,Seen.
"""


def test_an_area_is_as_severe_as_one_of_its_impacts_and_not_as_the_worst_of_each_grade(
    tmp_path: Path, words: Words
) -> None:
    # In TOY-RA1 one impact is severe and rare, another serious, lasting and happening. Their worst grades taken
    # separately (4, irremediable 3, likelihood 4) would rank it above TOY-RA2, whose one impact (4, 2, 3) comes first.
    copytree(TINY, tmp_path / "tiny")
    shared = tmp_path / "tiny" / "frameworks" / "shared"
    with (shared / "risk_areas.yaml").open("a") as file:
        file.write(AREA)
    with (shared / "impacts.yaml").open("a") as file:
        file.write(IMPACT.format(code="TOY-I3", area="TOY-RA1") + IMPACT.format(code="TOY-I4", area="TOY-RA2"))
    (tmp_path / "tiny" / "risks.csv").write_text(RISKS, "utf-8")
    outcome = publish(Load(tmp_path / "store", [tmp_path / "tiny"], WRITER, TODAY))
    assert not outcome.problems
    published = Reader(tmp_path / "store").current()
    assert published is not None
    known = known_codes(published)
    view = View("test", normalised(ViewState(), known), words, published, known, TODAY)
    found = rows(published, EXPOSURES, view.parameters())
    assert [row["risk_area"] for row in found] == ["TOY-RA2", "TOY-RA1"]
    assert {row["severity"] for row in found} == {4}
