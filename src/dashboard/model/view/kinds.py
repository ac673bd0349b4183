"""What is a figure called? By its kind, or simply a score where the standard does not tell respect from support."""

from collections.abc import Sequence


def kind_key(kind: str, kinds: Sequence[str]) -> str:
    """The key of the name of a kind of figure, in a standard with these `kinds`: one kind alone needs no name."""
    return f"kind.{kind}" if len(kinds) > 1 else "kind.alone"
