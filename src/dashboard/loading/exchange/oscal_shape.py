"""What is in an OSCAL catalog? Only what is read here has a name; everything else is kept as extra."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from pydantic import Field

from dashboard.loading.exchange.foreign import Loose
from dashboard.model.standard.exchange import NAMESPACE, unsaid

INSERTED = re.compile(r"\{\{\s*insert:\s*param,\s*([^}\s]+)\s*\}\}")
REPEATED = ("scale", "bands", "links", "translations")
"""Properties of a catalog that occur once for each item."""


class Prop(Loose):
    name: str
    value: str
    ns: str | None = None


class Part(Loose):
    name: str
    ns: str | None = None
    prose: str | None = None
    props: tuple[Prop, ...] = ()
    parts: tuple["Part", ...] = ()

    def text(self) -> str:
        """Its prose and that of its parts, each with its label."""
        label = next((prop.value for prop in self.props if prop.name == "label" and self.name == "item"), "")
        texts = (label, (self.prose or "").strip(), *(part.text() for part in self.parts))
        return " ".join(text for text in texts if text)


class Parameter(Loose):
    id: str
    label: str | None = None


class Control(Loose):
    id: str
    title: str
    props: tuple[Prop, ...] = ()
    params: tuple[Parameter, ...] = ()
    parts: tuple[Part, ...] = ()
    controls: tuple["Control", ...] = ()


class Group(Loose):
    id: str | None = None
    title: str
    props: tuple[Prop, ...] = ()
    parts: tuple[Part, ...] = ()
    groups: tuple["Group", ...] = ()
    controls: tuple[Control, ...] = ()


class Party(Loose):
    name: str | None = None


class Metadata(Loose):
    title: str
    version: str = "1"
    published: str | None = None
    last_modified: str | None = Field(default=None, alias="last-modified")
    props: tuple[Prop, ...] = ()
    parties: tuple[Party, ...] = ()


class Catalog(Loose):
    uuid: str
    metadata: Metadata
    groups: tuple[Group, ...] = ()
    controls: tuple[Control, ...] = ()


class CatalogFile(Loose):
    catalog: Catalog


def own_values(props: Iterable[Prop], repeated: Collection[str] = ()) -> dict[str, Any]:
    """What our own properties say, by name; those that may be `repeated` are a list of all of that name."""
    found: dict[str, Any] = {}
    for prop in props:
        if prop.ns == NAMESPACE:
            found.setdefault(prop.name, []).append(unsaid(prop.value))
    return {name: values if name in repeated else values[-1] for name, values in found.items()}


def filled(text: str, labels: dict[str, str]) -> str:
    """A text in which parameters are replaced by their labels."""
    return INSERTED.sub(lambda found: f"[{labels.get(found[1], found[1])}]", text)
