"""Do the calendar file and the drafts of reminders say what is due, whatever titles hold?"""

import re
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default

from dashboard.exports.reminders import COLUMNS, LINE, CalendarDay, calendar_file, reminder, reminders_csv
from dashboard.loading.yaml_file import read_words

MADE = datetime(2026, 3, 1, 8, 5, tzinfo=UTC)
NASTY = "Répondre; à, \\ tous\nBEGIN:VEVENT\r\nX:\u202e1 " + "é" * 80
ROW = {
    "round": "2026", "round_title": "Round 2026", "ends_on": date(2026, 5, 30), "framework": "crbp",
    "framework_title": "CRBP", "country": "GHA", "operation": "gha-op", "operation_title": "=Ghana\r\nBcc: a@b.example",
    "n_asked": 30, "n_left": 1, "n_back": 2, "n_waiting": 3,
}  # fmt: skip


def read(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, read by the rules of RFC 5545: unfold, split, and undo what was escaped."""
    text = content.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= LINE for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            events[-1][name] = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
    return events


def test_every_day_is_read_back_as_it_was() -> None:
    days = [CalendarDay("a-1", date(2026, 12, 31), "Answers due", "12 left"), CalendarDay("b", date(2026, 1, 2), NASTY)]
    first, second = read(calendar_file("My work", days, MADE))
    assert first == {
        "UID": "a-1@childrens-rights-dashboard", "DTSTAMP": "20260301T080500Z", "DTSTART;VALUE=DATE": "20261231",
        "DTEND;VALUE=DATE": "20270101", "SUMMARY": "Answers due", "DESCRIPTION": "12 left", "TRANSP": "TRANSPARENT",
    }  # fmt: skip
    assert second["SUMMARY"] == NASTY.replace("\r", "").replace("\u202e", "")
    assert not read(calendar_file("My work", [], MADE))


def test_a_reminder_is_a_draft_to_nobody_and_no_title_becomes_a_header() -> None:
    rows = [ROW, {**ROW, "framework_title": "COP 2020", "n_back": 0}]
    content = reminder(rows, read_words(), "https://board.example.org/collect?part=answer")
    message = message_from_bytes(content, policy=default)
    assert message["Subject"] == "Round 2026: answers due from =Ghana Bcc: a@b.example"
    assert message["X-Unsent"] == "1"
    assert not {"To", "From", "Cc", "Bcc"} & set(message.keys())
    body = message.get_content()
    assert "30 May 2026" in body
    assert [line for line in body.splitlines() if line.startswith("- ")] == [
        "- CRBP: 1 question to answer",
        "- CRBP: 2 questions from a reviewer to reply to",
        "- COP 2020: 1 question to answer",
    ]
    assert "https://board.example.org/collect?part=answer" in body
    assert "http" not in message_from_bytes(reminder([ROW], read_words()), policy=default).get_content()


def test_the_table_of_reminders_has_a_line_for_each_and_no_formula() -> None:
    header, *lines = reminders_csv([ROW]).decode("utf-8-sig").splitlines()
    assert header.split(",") == list(COLUMNS)
    assert "'=Ghana" in "\n".join(lines)
    assert lines[-1].endswith("30,1,2,3")
