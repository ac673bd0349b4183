"""A toy group as a test draws it: two standards, two countries and a head office, with answers, ratings and actions."""

from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from tests.figures.toy_two import laid, with_two_standards

PLACES = ("toy-hq", "a-op", "a2-op", "b-op")
HOME = {"toy-hq": "GROUP", "a-op": "AAA", "a2-op": "AAA", "b-op": "BBB"}
OF_HEAD_OFFICE, OF_OPERATIONS = ("T1.a", "T2.b", "U1.a", "U2.b"), ("T1.a", "T1.b", "T2.a", "U1.a", "U1.b", "U2.a")
WORDS = ("yes", "yes", "mostly", "somewhat", "no", "na", "dont_know", "")
RISKS = ("TOY-I1", "TOY-I3", "TOY-I4", "TOY-I5")
ASKED = [
    (round_, who, criterion)
    for round_ in ("R1", "R2")
    for who in PLACES
    if (who, round_) != ("b-op", "R1")
    for criterion in (OF_HEAD_OFFICE if who == "toy-hq" else OF_OPERATIONS)
]
GRADE = st.integers(1, 4)
SEVERE = st.sampled_from((1, 2, 3, 4, 4))


@dataclass(frozen=True)
class Drawn:
    """What a test has drawn: lines of the tables."""

    answers: list[str]
    risks: list[str]
    opportunities: list[str]
    actions: list[str]


@st.composite
def worlds(draw: st.DrawFn) -> Drawn:
    answers = [line for asked in ASKED if (line := draw(_answer(asked)))]
    rated = [(who, impact) for who in PLACES for impact in RISKS]
    risks = [draw(_risk(who, impact)) for who, impact in rated if draw(st.booleans())]
    openings = [
        f"R2,{who},TOY-I2,yes,{draw(GRADE)},{draw(SEVERE)},{draw(GRADE)},Seen." for who in PLACES if draw(st.booleans())
    ]
    actions = [draw(_action(number)) for number in range(draw(st.integers(0, 4)))]
    return Drawn(answers, risks, openings, actions)


@st.composite
def _answer(draw: st.DrawFn, asked: tuple[str, str, str]) -> str:
    word, evidence = draw(st.sampled_from(WORDS)), draw(st.sampled_from(("none", "seen")))
    return f"{','.join(asked)},{word},{evidence},2025-02-01,{'No need.' if word == 'na' else ''}" if word else ""


@st.composite
def _risk(draw: st.DrawFn, who: str, impact: str) -> str:
    grades = [draw(SEVERE), draw(GRADE), draw(GRADE), draw(GRADE)]
    left = f"{draw(GRADE)},{draw(GRADE)},Seen." if draw(st.booleans()) else ",,"
    return f"R2,{who},{impact},yes,{','.join(map(str, grades))},Seen.,{left}"


@st.composite
def _action(draw: st.DrawFn, number: int) -> str:
    who = draw(st.sampled_from(PLACES))
    criteria = OF_HEAD_OFFICE if who == "toy-hq" else OF_OPERATIONS
    subject = f"{draw(st.sampled_from(criteria))}," if draw(st.booleans()) else f",{draw(st.sampled_from(RISKS))}"
    status = draw(st.sampled_from(("open", "in_progress", "blocked", "done", "dropped")))
    due, owner = draw(st.sampled_from(("2025-06-30", "2099-01-31"))), draw(st.sampled_from(("", "Shop manager")))
    expected = "" if subject.startswith(",") else draw(st.sampled_from(("yes", "mostly")))
    return f"A-{number},R2,{who},{subject},Do it.,{owner},{due},{status},high,Because.,{expected}"


def written(folder: Path, drawn: Drawn) -> Path:
    """The files of a drawn world; a shop everywhere, so that everybody can rate, and one policy of the group."""
    data = with_two_standards(folder)
    path = data / "operations.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace(",group,,", ",group,shop,").replace(",operation,,", ",operation,shop,"), "utf-8")
    for standard in (data / "frameworks").glob("*/framework.yaml"):
        text = standard.read_text("utf-8")
        assert "        critical: true\n" in text
        standard.write_text(
            text.replace("        critical: true\n", "        critical: true\n        inherits: true\n")
        )
    laid(data / "answers.csv", ["round,operation,criterion,status,evidence,answered_on,na_reason", *drawn.answers])
    grades = "scale,scope,irremediability,likelihood,basis,residual_severity,residual_likelihood,residual_basis"
    laid(data / "risks.csv", [f"round,operation,impact,found,{grades}", *drawn.risks])
    laid(
        data / "opportunities.csv",
        ["round,operation,impact,found,reach,need,feasibility,basis", *drawn.opportunities],
    )
    head = "action,round,operation,criterion,impact,text,owner_role,due_on,status,priority,reason,expected_status"
    laid(data / "actions.csv", [head, *drawn.actions])
    return data
