"""How are a question and a record written and read? As JSON that names every field."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from dashboard.model.present.vote import Counted, Question, QuestionText, Record


def question_text(question: Question) -> str:
    """One line, whatever it contains."""
    return json.dumps(asdict(question), ensure_ascii=True)


def question_in(text: str) -> Question:
    return _question(json.loads(text))


def record_text(record: Record) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, indent=1)


def record_in(number: int, text: str) -> Record:
    values = json.loads(text)
    ballots = tuple(Counted(**ballot) for ballot in values["ballots"])
    return Record(**{**values, "number": number, "question": _question(values["question"]), "ballots": ballots})


def _question(values: dict[str, Any]) -> Question:
    by_language = {language: QuestionText(**texts) for language, texts in values["said"].items()}
    return Question(**{**values, "choices": tuple(values["choices"]), "said": by_language})


def now_text() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
