"""Where do two texts differ? Only the changed words and a few around them, so that the change is easy to see."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

ROUND = 6
"""How many words and gaps are kept on each side of a change."""
MOST = 90
"""How many characters of each text are shown."""


def difference(was: str, becomes: str) -> tuple[str, str]:
    """The part of each text that differs, with … for what is left out; short texts are kept whole."""
    was, becomes = " ".join(was.split()), " ".join(becomes.split())
    if max(len(was), len(becomes)) <= MOST:
        return was, becomes
    left, right = (re.findall(r"\w+|\W", text) for text in (was, becomes))
    groups = list(SequenceMatcher(None, left, right, autojunk=False).get_grouped_opcodes(ROUND))
    return (
        _joined(left, [(group[0][1], group[-1][2]) for group in groups]),
        _joined(right, [(group[0][3], group[-1][4]) for group in groups]),
    )


def _joined(tokens: Sequence[str], spans: Sequence[tuple[int, int]]) -> str:
    """The spans of a text joined by …, which also marks what is left out before and after them."""
    text = " … ".join("".join(tokens[start:end]).strip() for start, end in spans)
    before = "… " if spans and spans[0][0] > 0 else ""
    after = " …" if spans and spans[-1][1] < len(tokens) else ""
    shown = f"{before}{text}{after}"
    return shown if len(shown) <= MOST else f"{shown[: MOST - 1]}…"
