"""What if: what would change if some answers were different, and what would need to be done."""

from dashboard.ui.elements.show import headline
from dashboard.ui.frame.shell import open_view
from dashboard.ui.plan.new_actions import offer_actions
from dashboard.ui.whatif_assumptions import add_assumption, offer_ready
from dashboard.ui.whatif_scenarios import choose_scenario, compare, finding, measured, opened, show_assumptions

view = open_view("whatif")

scenario = opened(view)
sides = measured(view)
headline(view.words, finding(view, scenario, sides))
if scenario is None:
    offer_ready(view)
choose_scenario(view, scenario)
add_assumption(view, scenario)
if scenario is not None:
    show_assumptions(view, scenario)
    offer_actions(view, scenario)
compare(view, sides)
