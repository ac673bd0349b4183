"""Are a file's problems grouped by kind, the most costly first, with each row counted once?"""

from dashboard.model.problem import Problem, Weight
from dashboard.model.words import Words
from dashboard.tasks.problem_groups import ProblemLine, grouped


def test_kinds_come_by_the_rows_that_they_leave_out() -> None:
    a, b = Problem("off_scale", "f", 2), Problem("not_asked", "f", 2)
    note, stop = Problem("renamed", "f", weight=Weight.NOTE), Problem("encoding", "g", weight=Weight.FILE)
    found = grouped([note, b, a, stop], {"not_asked": 1, "off_scale": 4})
    assert [(group.kind, group.n) for group in found] == [
        ("encoding", 1), ("off_scale", 4), ("not_asked", 1), ("renamed", 1),
    ]  # fmt: skip
    assert [group.n for group in grouped([a, b], {"off_scale": 1})] == [1, 0], "its row is counted already"
    assert grouped([], {}) == []


def test_where_nothing_was_loaded_problems_are_counted() -> None:
    more = Problem("and_more", "f", value="10")
    found = grouped([Problem("off_scale", "f", 2, value="x"), Problem("off_scale", "f", 3, value="x"), more])
    assert [(group.n, len(group.lines)) for group in found] == [(12, 1)]


def test_a_problem_of_many_rows_is_one_line_and_the_commonest_comes_first(words: Words) -> None:
    rare = Problem("off_scale", "f", 2, "Status", "12")
    common = [Problem("off_scale", "f", row, "Status", "13") for row in range(3, 9)]
    more = Problem("and_more", "f", column="Status", value="40")
    others = Problem("and_others", "f", value="7")
    (group,) = grouped([rare, *common, more, others], {"off_scale": 47})
    assert [(line.problem.value, line.n) for line in group.lines] == [("13", 46), ("12", 1)]
    assert group.lines[0].sentence(words).endswith("Also in rows 4, 5, 6, 7 and 41 more.")
    assert not group.lines[1].sentence(words).endswith("more.")
    one = ProblemLine(rare, rows=(5,))
    assert one.sentence(words).endswith(" Also in row 5.")


def test_rows_that_are_only_counted_are_told_without_a_list(words: Words) -> None:
    line = ProblemLine(Problem("off_scale", "a.csv", 5, "status", "x"), (), 1465)
    assert line.sentence(words).endswith("Also in 1,465 more rows.")
    assert ProblemLine(line.problem, (5,), 1).sentence(words).endswith("Also in 1 more row.")
