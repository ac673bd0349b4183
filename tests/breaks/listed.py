"""The faults: where a text that occurs exactly once is replaced, and what somebody would suffer from it."""

from typing import NamedTuple


class Break(NamedTuple):
    """One fault. `likeliest` is the folder or file of the tests that are likeliest to notice it."""

    name: str
    suffered: str
    path: str
    old: str
    new: str
    likeliest: str


BREAKS = (
    Break(
        "missing answers",
        "answers that are not known leave the denominator, and cover looks better than it is",
        "src/dashboard/store/scoring.sql",
        "(WHERE counts_as <> 'not_applicable'), 0) AS n_applicable",
        "(WHERE counts_as NOT IN ('not_applicable', 'not_known')), 0) AS n_applicable",
        "tests/store/test_scoring.py",
    ),
    Break(
        "change",
        "an answer that stayed the same counts as a better one",
        "src/dashboard/store/scoring.sql",
        "now.value > earlier.value",
        "now.value >= earlier.value",
        "tests/store/test_scoring.py",
    ),
    Break(
        "upper bound",
        "what a figure could be at most counts answered criteria twice",
        "src/dashboard/figures/read.py",
        "_averaged(units, points + weight - of_answered, weight, share)",
        "_averaged(units, points + weight, weight, share)",
        "tests/figures/test_average_of.py",
    ),
    Break(
        "order of decisions",
        "the gap that most countries share stands last",
        "src/dashboard/queries/overview/decisions.py",
        'row["rank"], -row["n"]',
        'row["rank"], row["n"]',
        "tests/queries/test_decisions.py",
    ),
    Break(
        "a target reached",
        "a target that is exactly reached is told as missed",
        "src/dashboard/figures/targets.py",
        "if percent >= target:",
        "if percent > target:",
        "tests/figures/test_targets.py",
    ),
    Break(
        "what if",
        "an imagined answer is added without taking the real one off",
        "src/dashboard/figures/imagined/sums.py",
        "brought -= counted(cube, criterion, answers.status[alike.was]",
        "brought -= 0 * counted(cube, criterion, answers.status[alike.was]",
        "tests/figures/test_by_operation.py",
    ),
    Break(
        "round before",
        "a round is compared with itself",
        "src/dashboard/queries/compare/rounds_before.sql",
        "r.position < (SELECT",
        "r.position <= (SELECT",
        "tests/figures/test_one_value.py",
    ),
    Break(
        "a lost row",
        "when the lists change, answers of operations that the load does not mention are lost",
        "src/dashboard/store/load/answers/answers.sql",
        "WHERE s.criteria IS NULL OR get_bit(s.criteria, k.criterion_no) = 0;",
        "WHERE get_bit(s.criteria, k.criterion_no) = 0;",
        "tests/store/publishing/test_publish.py",
    ),
    Break(
        "a place in a file",
        "the blank row that is told is the one above it",
        "src/dashboard/loading/files/blank_rows.py",
        "start=1) if not cells",
        "start=0) if not cells",
        "tests/loading/test_bad.py",
    ),
    Break(
        "two at once",
        "whoever saves last overwrites the action of somebody else without being asked",
        "src/dashboard/store/publishing/actions.py",
        "for name in differing(change.was, now)",
        "for name in differing(now, now)",
        "tests/store/publishing/test_actions.py",
    ),
    Break(
        "a damaged publication",
        "a publication with fewer answers than were asked is called intact",
        "src/dashboard/store/intact.py",
        "if not asked == answered == folded or",
        "if not asked >= answered == folded or",
        "tests/store/publishing/test_publish.py",
    ),
    Break(
        "pruning",
        "the figures with which a round was closed are removed",
        "src/dashboard/store/keeping/prune.py",
        "if revision.kind == CLOSE}",
        "if revision.kind != CLOSE}",
        "tests/store/keeping/test_keeping.py",
    ),
    Break(
        "a leaked name",
        "notes on rounds, which name countries, are shown to a room with hidden names",
        "src/dashboard/store/masking/mask.sql",
        "SET text = NULL WHERE starts_with(id, 'round/')",
        "SET text = NULL WHERE starts_with(id, 'rounds/')",
        "tests/store/masking",
    ),
    Break(
        "two answers",
        "a figure of two answers is shown to a room with hidden names",
        "src/dashboard/queries/withhold_small_counts.py",
        "pc.less(n_answered, FEWEST)), False)",
        "pc.less(n_answered, FEWEST - 1)), False)",
        "tests/queries/test_withhold_small_counts.py",
    ),
    Break(
        "a token too strong",
        "the answers of a hidden operation can be worked out by subtracting what its maker sees",
        "src/dashboard/store/masking/sums.sql",
        "WHERE $means AND NOT known AND n_asked - n_unanswered >= $fewest AND",
        "WHERE $means AND NOT known AND n_asked >= $fewest AND",
        "tests/soundness/test_subtraction.py",
    ),
    Break(
        "a session too long",
        "somebody who was signed out by their provider stays signed in",
        "src/dashboard/ui/server/signin/cookies.py",
        'ends = min(ends, float(claims["exp"]))',
        'ends = max(ends, float(claims["exp"]))',
        "tests/ui/server/signin/test_cookies.py",
    ),
    Break(
        "a formula",
        "a spreadsheet runs a text that begins like a negative number",
        "src/dashboard/model/formula.py",
        "not _BELOW_ZERO.fullmatch(text)",
        "not _BELOW_ZERO.match(text)",
        "tests/loading/test_formula.py",
    ),
    Break(
        "a page opened cold",
        "the first click after a restart of the server is lost",
        "src/dashboard/ui/frame/shell.py",
        "    if not ENTERED.is_set():",
        "    if ENTERED.is_set():",
        "tests/ui/test_pages.py",
    ),
    Break(
        "a filter not kept",
        "going on right after a choice undoes it",
        "src/dashboard/ui/frame/address.py",
        "return dict(written) if query in late else query",
        "return query",
        "tests/ui/test_pages.py",
    ),
    Break(
        "a stale word",
        "a sentence that no page says any more stays to be translated",
        "src/dashboard/words/en.yaml",
        '  nothing_published: "Nothing is published yet."\n',
        '  nothing_published: "Nothing is published yet."\n  no_longer_said: "Nothing is published any more."\n',
        "tests/ui/test_words.py",
    ),
)
