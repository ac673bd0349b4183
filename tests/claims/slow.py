"""All that the slow reference knows of a choice."""

from functools import cached_property

from tests.claims.said import Said, said
from tests.claims.slow_choice import HEAD_OFFICE
from tests.claims.slow_rated import Rated
from tests.claims.slow_scores import Figure, whole
from tests.claims.slow_time import OverTime


class Slow(Rated, OverTime):
    """What the files say within a choice of filters."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of criteria that the standard in view has."""
        return self.group.kinds(self.choice.framework)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The names of countries."""
        return {code: row["title"] for code, row in self.group.countries.items()} | {HEAD_OFFICE: "Head office"}

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        choice = self.choice
        filters = (
            choice.country, choice.principle, choice.risk_area, choice.right, choice.setting, choice.function
        )  # fmt: skip
        return choice.common or any(filters)

    def themes(self) -> list[str]:
        """The rights that the filter of rights keeps, by name or by an article."""
        chosen = set(self.choice.right)
        return [code for code in self.group.themes if not chosen or code in chosen or self._articles(code) & chosen]

    def _articles(self, theme: str) -> set[str]:
        return {code for code, one in self.group.rights.items() if theme in one.get("themes", [])}

    def serving(self, theme: str) -> list[str]:
        """The criteria of the kind in view that serve a right."""
        return [code for code in self.of_kind() if theme in self.group.named(self.group.codes(code, "rights"))]

    def risks_of(self, theme: str) -> dict[str, int]:
        """The rated risks that touch a right, each with its highest severity."""
        return {
            impact: severity
            for impact, severity in self.risks().items()
            if theme in self.group.named(self.group.impacts[impact].get("rights", []))
        }

    def reading_said(self, figure: Figure) -> Said:
        """What stands in place of a percentage."""
        if figure.reading == "too_few":
            assert figure.low is not None and figure.high is not None
            return said("reading.too_few", low=whole(figure.low), high=whole(figure.high))
        return said(f"reading.{figure.reading}")
