"""What is known while an operation's workbook is read: its words and their codes, and what each row said before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dashboard.loading.library.library import Library, framework_of
from dashboard.loading.workbook.sheets import FilledIn
from dashboard.loading.workbook.words import KEYS, Meanings, framework_named, list_meanings, meanings, scale_meanings
from dashboard.model.answers.workbook import WITH_ROOM, HandedOut, id_column, scale_name
from dashboard.model.standard.scales import scales_of


@dataclass(frozen=True)
class Reading:
    """What is known while rows are read: the workbook, the library, and which words stand for a code in each list."""

    book: FilledIn
    library: Library
    _lists: dict[str, Meanings] = field(default_factory=dict)

    @cached_property
    def frameworks(self) -> Mapping[str, str]:
        """The framework of each criterion: as known here, by a former name, or as the workbook says."""
        by_criterion: dict[str, str] = {}
        for page in self.book.pages:
            for _, row in page.rows():
                framework, id_ = page.text(row, "framework"), page.text(row, "criterion_id")
                if framework and id_:
                    by_criterion[id_] = framework
        return by_criterion | framework_of(self.library)

    @cached_property
    def _own_scales(self) -> Mapping[str, str]:
        """The scale of each criterion that has one of its own, by its present and former ids."""
        return {
            code: criterion.scale
            for known in self.library.frameworks
            for area in known.areas
            for criterion in area.criteria
            if criterion.scale is not None
            for code in (criterion.criterion, *criterion.formerly)
        }

    @cached_property
    def handed_out(self) -> Mapping[tuple[str, str], tuple[HandedOut | None, str, str]]:
        """By kind and id: what was handed out, the version that was asked, and the round, wherever the row is now."""
        return {
            (page.kind, id_): (
                HandedOut.of(page.text(row, "handed_out")),
                page.text(row, "framework_version"),
                page.text(row, "round"),
            )
            for page in self.book.pages
            for _, row in page.rows()
            if (id_ := page.text(row, id_column(page.kind)))
        }

    def meanings(self, choice: str, criterion: str) -> Meanings:
        """What the words of a list mean; for a scale, by the row's criterion."""
        if choice in KEYS:
            name, meanings_of_list = choice, self._fixed(choice)
        elif choice.startswith("target_"):
            name, meanings_of_list = choice, self._handed_out(choice)
        else:
            framework, scale = self.frameworks.get(criterion, ""), self._own_scales.get(criterion, "")
            name = f"scale {scale_name(framework, scale)}"
            meanings_of_list = self._scale(framework, scale)
        if name not in self._lists:
            self._lists[name] = meanings_of_list()
        return self._lists[name]

    def _fixed(self, choice: str) -> Callable[[], Meanings]:
        return lambda: list_meanings(choice, [(word, code) for code, word in self.book.entry(choice)])

    def _handed_out(self, choice: str) -> Callable[[], Meanings]:
        """A list as it was when the workbook was made; codes that were added later are accepted as they are."""
        given = [(word, code) for code, word in self.book.entry(choice)]
        codes = [(code, code) for _, code in given]
        return lambda: meanings([*codes, *given], [word for word, _ in given])

    def _scale(self, framework: str, scale: str) -> Callable[[], Meanings]:
        listed = dict(self.book.entry("scale")).get(scale_name(framework, scale), "")
        handed = [(word, code) for code, word in self.book.entry(listed)]
        known = framework_named(self.library, framework)
        choices = () if known is None else scales_of(known).get(scale, ())
        return lambda: scale_meanings(choices, handed)

    def of_all(self, entry: str) -> str:
        """The round or operation that the workbook is for; empty if it does not say."""
        listed = [code for code, _ in self.book.entry(entry)]
        hidden = (
            page.text(row, entry) for page in self.book.pages for _, row in page.rows() if page.kind not in WITH_ROOM
        )
        return next(iter(listed), "") or next((code for code in hidden if code), "")
