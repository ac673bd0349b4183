"""What do visitors of each role do until a trial is over: look, answer, review?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from dashboard.loading.yaml_file import read_words
from dashboard.model.pages import PAGES
from dashboard.model.permissions import Role
from tests.long.marked import operation_of
from tests.long.visitor import Visitor

PAGES_SEEN = tuple(page for page in PAGES if page not in ("present", "collect"))
TABLES = tuple((page, table) for page in PAGES_SEEN for table in PAGES[page].tables)
FILTERS = ("round", "risk_area", "country")
WORDS = read_words()


SAVED = re.compile(re.escape(WORDS("edit.saved.one", number="\0").partition("\0")[0]) + r"(\d[\d,]*)")
"""What a page says once something is saved, with the number of the publication."""


@dataclass
class Member:
    """Somebody with one role: what they were told is saved, by the number of the publication."""

    subject: str
    role: Role
    letter: str
    visitor: Visitor
    criteria: list[str] = field(default_factory=list)
    pending: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    """The latest note of each criterion that was confirmed."""
    told: list[int] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)
    n_saved: int = 0
    is_shut_out: bool = False
    """Whether nothing may be shown to them now."""
    may_be_refused: bool = False
    n_moved: int = 0
    """How often their role began to be given or taken away."""
    refusals: list[str] = field(default_factory=list)
    """What was refused in this turn."""

    async def work(self, over: Callable[[], bool]) -> None:
        """Click until it is over. Whatever ends the connection before that is an error."""
        visitor, turn = self.visitor, 0
        try:
            await visitor.enter()
            await visitor.open("heatmap")
            while not over():
                turn += 1
                # A turn that reads a file runs no page: what the last run said was told after that.
                asked, self.refusals, visitor.alerts = (self.may_be_refused, self.n_moved), [], []
                if self.role is Role.CONTRIBUTOR and turn % 3 == 1:
                    await self._answer(turn)
                elif self.role is Role.REVIEWER and turn % 3 == 1:
                    await self._review()
                else:
                    await self._look(turn)
                self.refusals += [f"{self.role} on {visitor.page} is told: {text}" for text in visitor.alerts]
                # What was asked while the role was away may be answered when it is back.
                if asked == (False, self.n_moved):
                    visitor.wrong += self.refusals
        except Exception as error:  # noqa: BLE001 - whatever happens to one visitor is a finding, and others go on
            visitor.wrong.append(f"{self.role} {self.subject}: {type(error).__name__}: {error}")
        finally:
            await visitor.leave()

    async def _look(self, turn: int) -> None:
        """Another page, another choice of a filter, or a table for another tool."""
        visitor, draw = self.visitor, self.visitor.draw
        lists = [name for name in FILTERS if visitor.filters.get(name)]
        if turn % 8 == 0:
            page, table = draw.choice(TABLES)
            status = await visitor.reads(f"/api/{page}.csv?{urlencode({'table': table})}")
            if status >= 500:
                self.refusals.append(f"{page}.csv, {table}: status {status}")
        elif turn % 4 == 0 or not lists or visitor.page == "collect":
            # There, the next link to a criterion would count as a choice beside a filter of a moment ago, and keep it.
            await visitor.open(draw.choice(PAGES_SEEN))
        else:
            chosen = draw.choice(lists)
            asked = dict(parse_qsl(visitor.query)) | {chosen: draw.choice(visitor.filters[chosen])}
            visitor.query = urlencode({name: code for name, code in asked.items() if code})
            await visitor.run()

    async def _answer(self, turn: int) -> None:
        """Answer one question and save it. What was refused stays in the session and is saved with the next."""
        visitor, operation = self.visitor, operation_of(self.letter)
        criterion = self.criteria[turn // 3 % len(self.criteria)]
        asked = {"part": "answer", "operation": operation, "criterion": criterion, "round": "2025", "framework": "crbp"}
        await visitor.open("collect", urlencode(asked))
        key = f"2025 {operation} {criterion}"
        status, note = (visitor.widget(f"answering_{name} {key}") for name in ("status", "note"))
        if status is None or note is None:
            self.refusals.append(f"{self.subject} is offered no form for {key}: {self._seen()}")
            return
        text = f"{self.subject} wrote {turn} for {operation}"
        visitor.values |= {status: visitor.draw.choice(visitor.options[status][:2]), note: text}
        self.pending[criterion] = text
        if not await visitor.press("answering_save"):
            self.refusals.append(f"{self.subject} cannot save {key}: {self._seen()}")
            return
        if self._told():
            self.n_saved += len(self.pending)
            self.notes |= self.pending
            self.pending.clear()

    async def _review(self) -> None:
        visitor, operation = self.visitor, operation_of(self.letter)
        # Of another standard than the one that contributors answer, so that no review meets a new answer.
        asked = {"part": "check", "operation": operation, "round": "2025", "framework": "cop-2014"}
        await visitor.open("collect", urlencode(asked))
        waiting = [one for one in visitor.buttons if "-checking_check " in one and f" {operation} " in one]
        if waiting:
            chosen = visitor.draw.choice(waiting)
            await visitor.run(chosen)
            if self._told():
                self.reviewed.append(chosen.rpartition(" ")[2])

    @property
    def has_done_their_part(self) -> bool:
        if self.role is Role.CONTRIBUTOR:
            return self.n_saved > 0
        return bool(self.reviewed) or self.role is not Role.REVIEWER

    def _seen(self) -> list[str]:
        """The beginning of each text on the page, and which widgets it has."""
        texts = [text[:60] for text in self.visitor.texts if not text.startswith("<style")]
        return [self.visitor.query, *texts, *self.visitor.values, *self.visitor.buttons]

    def _told(self) -> bool:
        """Whether the page says that something was saved as a publication not named before."""
        found = SAVED.search("\n".join(self.visitor.texts))
        number = int(found[1].replace(",", "")) if found else 0
        if number <= max(self.told, default=0):
            return False
        self.told.append(number)
        return True
