"""A question to a room on paper ballots: one A4 page with four of them to cut out, for any browser."""

from html import escape

from dashboard.model.present.vote import QuestionText
from dashboard.model.words import Words

ON_A_SHEET = 4
LONG = 900
"""Characters of a question and its answers that fit a quarter of a page; longer ones get half a page."""
STYLE = """
@page { size: A4 portrait; margin: 8mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #000; background: #fff; font: 11pt/1.3 system-ui, sans-serif; }
.sheet { display: grid; grid-template-columns: 1fr 1fr; width: 194mm; margin: 0 auto; }
.sheet.long { grid-template-columns: 1fr; }
.ballot { display: flex; flex-direction: column; min-height: 138mm; padding: 6mm; border: 1px dashed #777;
  break-inside: avoid; overflow-wrap: anywhere; }
h1 { font-size: 14pt; line-height: 1.2; margin: 0 0 2mm; }
p { margin: 0 0 2mm; }
.where, .small { font-size: 9pt; }
ul { list-style: none; margin: 2mm 0; padding: 0; }
li { display: flex; gap: 3mm; align-items: baseline; margin: 0 0 2.5mm; }
li::before { content: ""; flex: none; width: 4.5mm; height: 4.5mm; border: 1.5px solid #000; align-self: center; }
.note { flex: 1; min-height: 22mm; margin: 1mm 0 2mm; border: 1px solid #777; padding: 1mm 2mm; }
.screen { width: 194mm; margin: 4mm auto; }
@media print { .screen { display: none; } }
"""


def paper_ballots(words: Words, said: QuestionText) -> bytes:
    """Return the page as UTF-8. It loads nothing, and asks for no name."""
    ballot = _ballot(words, said)
    letters = len(said.asks) + len(said.about) + len(said.where) + sum(map(len, said.choices.values()))
    is_long = letters > LONG
    kind, n = ("sheet long", ON_A_SHEET // 2) if is_long else ("sheet", ON_A_SHEET)
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(words('paper.title'))}</title><style>{STYLE}</style></head>\n<body>"
        f'<p class="screen">{escape(words("paper.how"))}</p>\n<main class="{kind}">{ballot * n}</main></body></html>\n'
    ).encode()


def _ballot(words: Words, said: QuestionText) -> str:
    choices = "".join(f"<li>{escape(title)}</li>" for title in said.choices.values())
    about = f"<p>{escape(said.about)}</p>" if said.about else ""
    where = f'<p class="where">{escape(said.where)}</p>' if said.where else ""
    return (
        f'<section class="ballot"><h1>{escape(said.asks)}</h1>{about}{where}'
        f"<p><strong>{escape(words('paper.mark'))}</strong></p><ul>{choices}</ul>"
        f'<div class="note small">{escape(words("paper.note"))}</div>'
        f'<p class="small">{escape(words("paper.no_name"))}</p></section>\n'
    )
