"""Does a token open what it should, only as long as it should, and is its text nowhere?"""

import json
import logging
import time
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from dashboard.model.masking import sight_of
from dashboard.model.permissions import Grant, Person, Role, Scope, WantedToken
from dashboard.store import locking
from dashboard.store import tokens as of_tokens
from dashboard.store.history import StoreError
from dashboard.store.tokens import (
    BYTES,
    DAY,
    FILE,
    SHAPE,
    USED,
    hold_within,
    holder,
    last_used,
    make,
    revoke,
    tokens,
    visible,
)

COUNTRIES = {"gha-op": "GHA", "tcd-op": "TCD"}
AT_GHANA = Scope("operation", "gha-op")
AMA = Person("idp|ama", "Ama", (Grant(Role.CONTRIBUTOR, AT_GHANA),))
KOFI = Person("idp|kofi", "Kofi", (Grant(Role.VIEWER),))
ADMIN = Person("idp|admin", "Admin", (Grant(Role.ADMIN),))
NOW = time.time()


def made(store: Path, maker: Person | None = AMA, name: str = "report", days: int = 90, now: float = NOW) -> str:
    grants = tuple(Grant(Role.VIEWER, grant.scope) for grant in (maker.grants if maker else (Grant(Role.VIEWER),)))
    text, problems = make(store, WantedToken(name, grants, days), maker, COUNTRIES, now)
    assert not problems
    return text


def test_a_token_opens_what_its_maker_passed_on_and_nothing_else_is_kept_of_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    one, other = made(tmp_path), made(tmp_path)
    assert one != other
    assert SHAPE.fullmatch(one)
    assert BYTES * 8 == 256
    found = holder(tmp_path, one, NOW)
    assert found is not None
    assert found.grants == (Grant(Role.VIEWER, AT_GHANA),)
    assert found.subject != AMA.subject
    kept = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())
    said = repr(tokens(tmp_path)) + repr(found) + caplog.text + "".join(capfd.readouterr())
    assert AMA.subject in kept
    for text in (one, one.removeprefix("dashboard_")):
        assert text not in kept + said


def test_forged_tokens_open_nothing(tmp_path: Path) -> None:
    text = made(tmp_path)
    (token,) = tokens(tmp_path)
    for forged in ("", "dashboard_", text[:-1], text + "x", text.swapcase(), text.removeprefix("dashboard_"), token.id,
                   token.digest, f"dashboard_{token.digest}", "dashboard_" + "a" * 43, "\udcff"):  # fmt: skip
        assert holder(tmp_path, forged, NOW) is None, forged


def test_each_token_is_compared_in_constant_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, compared = [made(tmp_path), made(tmp_path), made(tmp_path)], []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr(of_tokens, "compare_digest", compare)
    for text in (texts[0], "forged"):
        compared.clear()
        assert (holder(tmp_path, text, NOW) is not None) == (text == texts[0])
        assert len(compared) == len(texts), "how long it takes does not say how near one was"


def test_a_token_ends_with_its_days(tmp_path: Path) -> None:
    text = made(tmp_path, days=7)
    assert holder(tmp_path, text, NOW + 7 * DAY - 2) is not None
    assert holder(tmp_path, text, NOW + 7 * DAY) is None
    assert holder(tmp_path, text, NOW - DAY) is None, "a clock that was set back"
    made(tmp_path, now=NOW + 8 * DAY)
    assert len(tokens(tmp_path)) == 1, "the next one made sweeps what has expired"


def test_a_token_is_revoked_by_its_maker_or_an_administrator_at_once(tmp_path: Path) -> None:
    texts = [made(tmp_path, maker) for maker in (AMA, KOFI, None)]
    ids = [token.id for token in tokens(tmp_path)]
    assert [token.id for token in visible(tmp_path, AMA)] == ids[:1]
    assert [token.id for token in visible(tmp_path, ADMIN)] == ids[::-1] == [one.id for one in visible(tmp_path, None)]
    assert [problem.kind for problem in revoke(tmp_path, ids[1], AMA)] == ["no_token"]
    assert holder(tmp_path, texts[1], NOW) is not None
    assert not revoke(tmp_path, ids[0], AMA)
    assert not revoke(tmp_path, ids[1], ADMIN)
    assert not revoke(tmp_path, ids[2], None)
    assert [holder(tmp_path, text, NOW) for text in texts] == [None, None, None]
    assert [problem.kind for problem in revoke(tmp_path, ids[0], ADMIN)] == ["no_token"]


def test_whoever_comes_back_with_fewer_roles_takes_them_from_their_tokens(tmp_path: Path) -> None:
    both = Person(AMA.subject, "", (*AMA.grants, Grant(Role.VIEWER, Scope("operation", "tcd-op"))))
    wide, narrow, others = made(tmp_path, both), made(tmp_path, AMA), made(tmp_path, KOFI)
    hold_within(tmp_path, both, lambda: COUNTRIES)
    before = (tmp_path / FILE).read_text("utf-8")
    hold_within(tmp_path, both, lambda: COUNTRIES)
    hold_within(tmp_path, AMA, lambda: None)
    assert (tmp_path / FILE).read_text("utf-8") == before
    hold_within(tmp_path, AMA, lambda: COUNTRIES)
    found = [holder(tmp_path, text, NOW) for text in (wide, narrow, others)]
    assert [one.grants for one in found if one] == [(Grant(Role.VIEWER, AT_GHANA),)] * 2 + [KOFI.grants]
    hold_within(tmp_path, Person(AMA.subject, "", ()), lambda: COUNTRIES)
    assert [holder(tmp_path, text, NOW) is None for text in (wide, narrow, others)] == [True, True, False]


def test_a_token_carries_what_its_maker_may_see_as_last_known(tmp_path: Path) -> None:
    """Sums count only operations that the maker does not see, also once the maker sees more."""
    text, machine = made(tmp_path), made(tmp_path, None)
    found = holder(tmp_path, text, NOW)
    assert found is not None
    assert found.maker is not None
    assert found.maker.grants == AMA.grants
    more = Person(AMA.subject, "", (*AMA.grants, Grant(Role.VIEWER, Scope("operation", "tcd-op"))))
    hold_within(tmp_path, more, lambda: COUNTRIES)
    later, of_machine = holder(tmp_path, text, NOW), holder(tmp_path, machine, NOW)
    assert later is not None
    assert later.maker is not None
    assert (later.grants, later.maker.grants) == (found.grants, more.grants)
    assert of_machine is not None
    assert of_machine.maker is not None
    assert of_machine.maker.grants == (Grant(Role.VIEWER),)


def test_a_token_whose_makers_sight_is_not_known_shows_no_sums(tmp_path: Path) -> None:
    text = made(tmp_path)
    held = json.loads((tmp_path / FILE).read_text("utf-8"))
    del held[0]["maker_grants"]
    (tmp_path / FILE).write_text(json.dumps(held), "utf-8")
    assert not sight_of(holder(tmp_path, text, NOW), COUNTRIES, True).means
    hold_within(tmp_path, AMA, lambda: COUNTRIES)
    assert sight_of(holder(tmp_path, text, NOW), COUNTRIES, True).means


def test_all_tokens_of_a_maker_who_sees_everything_count_as_one_reader(tmp_path: Path) -> None:
    """One program may hold several of them, and subtract."""
    for place in COUNTRIES:
        text, problems = make(
            tmp_path, WantedToken("x", (Grant(Role.VIEWER, Scope("operation", place)),)), KOFI, COUNTRIES, NOW
        )
        assert not problems
    made(tmp_path, ADMIN)
    assert sight_of(holder(tmp_path, text, NOW), COUNTRIES, True).known == {"gha-op"}


def test_what_is_asked_too_much_is_refused_and_nothing_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, problems = make(tmp_path, WantedToken("report", (Grant(Role.VIEWER),)), AMA, COUNTRIES, NOW)
    assert (text, [problem.kind for problem in problems]) == ("", ["token_beyond"])
    assert not (tmp_path / FILE).exists()
    monkeypatch.setattr(of_tokens, "MOST", 1)
    made(tmp_path)
    text, problems = make(tmp_path, WantedToken("report", AMA.grants), AMA, COUNTRIES, NOW)
    assert (text, [problem.kind for problem in problems]) == ("", ["too_many_tokens"])


@pytest.mark.parametrize("held", ["[1", "{}x", '[{"digest": "a"}]', "[3]"])
def test_a_damaged_list_lets_nobody_in_and_is_not_written_over(tmp_path: Path, held: str) -> None:
    text = made(tmp_path)
    whole = json.loads((tmp_path / FILE).read_text("utf-8"))
    (tmp_path / FILE).write_text(held, "utf-8")
    assert holder(tmp_path, text, NOW) is None
    with pytest.raises(StoreError):
        tokens(tmp_path)
    assert make(tmp_path, WantedToken("x", AMA.grants), AMA, COUNTRIES, NOW)[1][0].kind == "tokens_unreadable"
    assert (tmp_path / FILE).read_text("utf-8") == held
    whole[0]["grants"] = ["viewer", "owner"]
    (tmp_path / FILE).write_text(json.dumps(whole), "utf-8")
    assert holder(tmp_path, text, NOW) is None, "a grant that nobody knows"


def test_the_list_is_written_under_the_lock_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "LOCK_SECONDS", 0)
    made(tmp_path)
    with FileLock(tmp_path / "LOCK"):
        assert make(tmp_path, WantedToken("x", AMA.grants), AMA, COUNTRIES, NOW)[1][0].kind == "busy"
        assert revoke(tmp_path, tokens(tmp_path)[0].id, AMA)[0].kind == "busy"
    assert len(tokens(tmp_path)) == 1


def test_the_day_of_the_last_use_is_kept_until_the_token_goes(tmp_path: Path) -> None:
    text, other = made(tmp_path), made(tmp_path)
    ids = {text_of: token.id for text_of, token in zip((text, other), tokens(tmp_path), strict=True)}
    assert last_used(tmp_path, ids[text]) is None
    assert holder(tmp_path, text + "x", NOW) is None
    assert last_used(tmp_path, ids[text]) is None, "what opens nothing is no use"
    for later in (0, 3 * DAY):
        assert holder(tmp_path, text, NOW + later) is not None
        assert last_used(tmp_path, ids[text]) == date.fromtimestamp(NOW + later)
    assert last_used(tmp_path, ids[other]) is None
    assert not revoke(tmp_path, ids[text], AMA)
    assert last_used(tmp_path, ids[text]) is None


def test_a_day_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    text = made(tmp_path)
    (tmp_path / USED).write_text("in the way", "utf-8")
    assert holder(tmp_path, text, NOW) is not None
    (token,) = tokens(tmp_path)
    assert last_used(tmp_path, token.id) is None
