"""All that the slow reference knows of a choice."""

from functools import cached_property

from tests.claims.slow.choice import HEAD_OFFICE
from tests.claims.slow.effects import Effects
from tests.claims.slow.library import Library
from tests.claims.slow.links import Links
from tests.claims.slow.order import Ordered
from tests.claims.slow.rounds import OverTime


class Slow(Ordered, OverTime, Library, Effects, Links):
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

    def taking_part_in_view(self) -> list[str]:
        """The countries shown that the round asks anything of the standard in view."""
        asked = self.group.asked_in(self.choice.framework)
        return [
            code
            for code in self.countries
            if code != HEAD_OFFICE
            and any(self.group.is_asked(self.choice.round, who, one) for who in self.in_country(code) for one in asked)
        ]

    def area_name(self, code: str) -> str:
        """An area with its mark, or the title of a right or of a risk area."""
        for standard in self.group.standards.values():
            for area in standard["areas"]:
                if area["area"] == code:
                    return f"{area['code']} {area['title']}"
        return str((self.group.themes.get(code) or self.group.risk_areas[code])["title"])

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

    def name_of(self, operation: str) -> str:
        """What an operation is called: as its country, if it is the only one there."""
        home = self.group.home[operation]
        alone = home != HEAD_OFFICE and len(self.in_country(home)) == 1
        return self.titles[home] if alone else self.group.operations[operation]["title"]
