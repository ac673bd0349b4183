"""Can a note that somebody wrote dress up, or fetch something, on a page that reads Markdown?"""

import pytest

from dashboard.ui.plain import plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![x](https://elsewhere.example/x.png)", r"!\[x\](https://elsewhere.example/x.png)"),
        ("**loud** _soft_ `code` $x$", r"\*\*loud\*\* \_soft\_ \`code\` \$x\$"),
        (":red[alarm] <b>", r":red\[alarm\] \<b\>"),
        ("Nothing special: 3 of 4.", "Nothing special: 3 of 4."),
        (None, ""),
    ],
)
def test_marks_are_disarmed(written: str | None, shown: str) -> None:
    assert plain(written) == shown
