"""What do the tests of collecting answers share? The stored values, concurrent edits, and a user on the page."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.model.answer import Answer, Key, Review
from dashboard.model.records import Draft
from dashboard.store.locking import Writer
from dashboard.store.publishing.save_rows import Check, save_answers, save_reviews, stored_answers, stored_reviews
from dashboard.store.reader import Reader
from tests.conftest import said

THEM = Writer("Somebody else", "sooner")


def answer(store: Path, key: Key) -> Answer:
    """Return one answer as it is published now."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_answers(connection, [key])[key]


def review(store: Path, key: Key) -> Review | None:
    """Return the review of one answer."""
    published = Reader(store).current()
    assert published is not None
    with published.connection as connection:
        return stored_reviews(connection, [key]).get(key)


def another_answers(store: Path, key: Key, by: Writer = THEM, **said: str) -> None:
    """Change the answer as somebody else would in the meantime."""
    was = answer(store, key)
    outcome = save_answers(store, [Draft(was, replace(was, **said))], by, date.today())
    assert outcome.revision is not None, outcome.problems


def another_checks(store: Path, key: Key, verdict: str, comment: str = "", role: str = "Auditor") -> None:
    """Review an answer as somebody else would in the meantime."""
    check = Check(answer(store, key), review(store, key), verdict, comment)
    outcome = save_reviews(store, [check], Writer(role, ""), date.today())
    assert outcome.revision is not None, outcome.problems


def as_somebody(app: AppTest, role: str = "facilitator") -> AppTest:
    """Enter the role."""
    return app.text_input(key="writer_role").input(role).run()


def press(app: AppTest, key: str) -> AppTest:
    """Press the one button with this label."""
    (button,) = [button for button in app.button if said(key).fullmatch(button.label)]
    return button.click().run()


def offered(app: AppTest, key: str) -> bool:
    return any(said(key).fullmatch(button.label) for button in app.button)
