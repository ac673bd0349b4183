"""Are roles granted by a table like any other, and only by those who may?"""

from pathlib import Path

from dashboard.loading.yaml_file import read_words
from dashboard.model.permissions import Grant, Role, Scope
from dashboard.model.problem import Problem, sentence
from dashboard.store.history import current_number
from dashboard.store.locking import Outcome, Writer
from dashboard.store.published_codes import grants_in
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import publish, publish_preview
from dashboard.store.reader import Reader
from dashboard.store.upkeep import revert
from dashboard.tasks.preview import preview
from tests.conftest import TODAY
from tests.store.publishing.test_roles import signed_in

STEWARD, ADMIN = signed_in(Grant(Role.STEWARD)), signed_in(Grant(Role.ADMIN))
AT = Scope("operation", "a-op")


def people(folder: Path, *lines: str) -> Path:
    file = folder / "people.csv"
    file.write_text("\n".join(("subject,role,scope", *lines)) + "\n", "utf-8")
    return file


def granted(store: Path) -> dict[str, tuple[Grant, ...]]:
    published = Reader(store).current()
    assert published is not None
    return dict(grants_in(published))


def loaded(store: Path, file: Path, who: Writer) -> Outcome:
    return publish(Load(store, [file], who, TODAY))


def kinds(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.kind for problem in problems]


def test_the_machine_grants_the_first_roles_and_an_administrator_others(store: Path, tmp_path: Path) -> None:
    assert granted(store) == {}
    first = people(tmp_path, "idp|1,admin,", "idp|2,contributor,operation:a-op", "idp|2,viewer,group")
    assert loaded(store, first, Writer("administrator", "the first")).revision is not None
    assert granted(store) == {"idp|1": (Grant(Role.ADMIN),), "idp|2": (Grant(Role.CONTRIBUTOR, AT), Grant(Role.VIEWER))}
    # All rows of a person replace what they had; nobody else's change.
    again = people(tmp_path, "idp|2,reviewer,country:AAA", "idp|3,,")
    assert loaded(store, again, ADMIN).revision is not None
    assert granted(store) == {"idp|1": (Grant(Role.ADMIN),), "idp|2": (Grant(Role.REVIEWER, Scope("country", "AAA")),)}
    assert loaded(store, people(tmp_path, "idp|2,,"), ADMIN).revision is not None
    assert granted(store) == {"idp|1": (Grant(Role.ADMIN),)}
    assert revert(store, 2, ADMIN).revision is not None
    assert set(granted(store)) == {"idp|1", "idp|2"}


def test_a_steward_grants_nothing_by_load_or_by_preview(store: Path, tmp_path: Path) -> None:
    file = people(tmp_path, "idp.example|7,admin,group")
    assert kinds(loaded(store, file, STEWARD).problems) == ["not_your_role"]
    found = preview(store, [file], TODAY, tmp_path)
    assert found.proof is not None
    assert kinds(publish_preview(store, found.proof, STEWARD).problems) == ["not_your_role"]
    assert (current_number(store), granted(store)) == (1, {})
    assert publish_preview(store, found.proof, ADMIN).revision is not None
    assert set(granted(store)) == {"idp.example|7"}


def test_a_problem_with_a_role_says_which_row(store: Path, tmp_path: Path) -> None:
    (problem,) = loaded(store, people(tmp_path, "idp|1,viewer,", "idp|2,steward,country:AAA"), ADMIN).problems
    assert sentence(problem, read_words()).startswith("people.csv, row 3, scope:")
