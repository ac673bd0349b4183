"""Risks and opportunities: what can harm or help children, where, how severely, and how far answers cover it."""

from dashboard.queries.ask import ask_ahead
from dashboard.ui.elements.choices import choose_part
from dashboard.ui.elements.menu import show_opened
from dashboard.ui.frame.shell import open_view
from dashboard.ui.risks_page import AHEAD, EXPLAINED, PARTS

view = open_view("risks")

part = choose_part(view)
ask_ahead(view.published, AHEAD.get(part, ()), view.parameters())
PARTS[part](view)
show_opened(view, EXPLAINED)
