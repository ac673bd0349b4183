"""Does a text with our few marks mean the same as HTML, and does what somebody wrote stay its own characters?"""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markupsafe import Markup

from dashboard.model.pages import PAGES
from dashboard.ui.elements.marks import coloured
from dashboard.ui.escape import escape, one_line
from dashboard.ui.html import as_html
from dashboard.ui.html import part as part_of
from tests.conftest import rest_thorough
from tests.hostile import TEXTS
from tests.ui.conftest import OpenPage

MADE = ("<h1>", '<div class="told">', '<div class="legend">', '<div class="choices">')


class Read(HTMLParser):
    """The text that a browser shows, and the tags it finds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("At **least** 52", "At <b>least</b> 52"),
        ("start with *Put **children** first*.", "start with <em>Put <b>children</b> first</em>."),
        (":small[9 of **10** countries]", "<small>9 of <b>10</b> countries</small>"),
        ("[severity](#term-severity)s", '<a href="#term-severity">severity</a>s'),
        (coloured("weak", "#fff", "#123"), '<span style="color:#fff;background:#123">weak</span>'),
        (f"[{coloured('a', '#fff')}](p?a=1&b=2)", '<a href="p?a=1&amp;b=2"><span style="color:#fff">a</span></a>'),
        ('![Severity: \\*high](data:x "\\#1")', '<img alt="Severity: *high" src="data:x" title="#1">'),
        (":gray[:small[first  \nsecond]] [x]", '<span class="gray"><small>first<br>second</small></span> [x]'),
        ("one  \n   two", "one<br>   two"),
        ("run `a **b** <c>` now \\`", "run <code>a **b** &lt;c&gt;</code> now `"),
        ("a \\[b\\] [c] d] :small[e", "a [b] [c] d] :small[e"),
        ("<b> & \"quoted\"", "&lt;b&gt; &amp; &quot;quoted&quot;"),
    ],
)  # fmt: skip
def test_each_mark_becomes_its_tag_and_everything_else_stays(text: str, html: str) -> None:
    assert as_html(text) == html


@given(st.one_of(st.text(), st.sampled_from([*TEXTS.values()]), st.text("\\*_[](){}:<>&~-!#@ab1\n \"'/")))
def test_what_somebody_wrote_is_shown_as_written_and_makes_no_tag(text: str) -> None:
    written = escape(text)
    assume(written)
    for around, tags in (("{}", []), ("**{}**", ["b"]), (":small[{}]", ["small"]), ("[{}](plan?x=1)", ["a"])):
        read = Read(as_html(around.replace("{}", written)))
        assert read.tags == tags
        assert re.sub("[\u2068\u2069]", "", read.text) == one_line(text)


@given(st.sampled_from([*TEXTS.values()]))
def test_a_picture_says_what_somebody_wrote_as_written(text: str) -> None:
    found = re.fullmatch('<img alt="([^"]*)" src="data:x">', as_html(f"![{escape(text)}](data:x)"))
    assert found
    assert re.sub("[\u2068\u2069]", "", unescape(found[1])) == one_line(text)


@given(st.sampled_from([*TEXTS.values()]))
def test_what_claims_to_be_html_is_a_text_like_any_other(text: str) -> None:
    written = f"<b>{escape(text)}</b>"
    read = Read(as_html(Markup(written)))  # noqa: S704 - it claims to be
    assert read.tags == []
    assert re.sub("[\u2068\u2069]", "", read.text) == f"<b>{one_line(text)}</b>"


@given(st.sampled_from([*TEXTS.values()]))
def test_a_part_of_a_page_escapes_whatever_is_not_html_of_ours(text: str) -> None:
    assume(not text.startswith("<svg"))
    for made, tags in (
        (part_of("legend", [("n", text), (text, "n")], text, [], text), ["div", "div", "span", "span"]),
        (part_of("codes", [(text, text)]), ["div", "b"]),
        (part_of("told", "", text, [text]), ["div"]),
        (part_of("facts", [("known", text, text, text, text)]), ["div", "div", "b", "span", "span", "small"]),
    ):
        read = Read(made)
        assert read.tags == tags
        assert text in read.text


@pytest.mark.parametrize("name", rest_thorough(PAGES, now=6))
def test_no_mark_is_left_in_a_finding_a_heading_or_a_legend(name: str, page: OpenPage) -> None:
    shown = []
    for part in PAGES[name].parts or ("",):
        drawn = [html.proto.body for html in page(name, {"part": part} if part else {}).get("html")]
        shown += [Read(body).text for body in drawn if body.startswith(MADE)]
    assert shown
    assert not [text for text in shown if re.search(r":\w+\[|:material/|[*`\\]|\]\(", text)]
