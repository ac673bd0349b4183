"""Settings: one place in the business where children meet it - whom to ask what, its risks and its opportunities."""

import streamlit as st

from dashboard.queries.ask import ask_ahead
from dashboard.ui.elements.choose import choose_kind
from dashboard.ui.elements.impact_cards import opening_list, risk_list
from dashboard.ui.elements.show import headline
from dashboard.ui.escape import escaped_rows
from dashboard.ui.frame.shell import open_view
from dashboard.ui.risks.setting import advice, choose_setting, criteria_table, finding, to_the_room

view = open_view("setting")
words = view.words

settings = escaped_rows(view.published, "settings", view.parameters())
if not settings:
    headline(words("setting.none"))
    st.stop()
setting = choose_setting(view, settings)
given = view.of_setting(setting["setting"])
ask_ahead(view.published, ("setting_risks", "setting_openings", "setting_criteria", "setting_advice"), given)
risks = escaped_rows(view.published, "setting_risks", given)
openings = escaped_rows(view.published, "setting_openings", given)
headline(finding(view, setting, risks, openings))
to_the_room(view, setting)

left, right = st.columns(2, gap="large")
with left:
    risk_list(view, risks)
with right:
    opening_list(view, openings)

(framework,) = escaped_rows(view.published, "standard_about", view.parameters())
st.markdown(f"**{words('setting.criteria', framework=framework['short_title'])}**", help=words("setting.criteria_help"))
choose_kind(view)
criteria_table(view, escaped_rows(view.published, "setting_criteria", given))
advice(view, escaped_rows(view.published, "setting_advice", given))
