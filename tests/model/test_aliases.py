"""Does a translated address reveal nobody, and everybody again on the way back?"""

from dashboard.model.masking import Aliases, unnamed

CODES = {"country": ["GHA", "TCD"], "operation": ["gha-op", "tcd-op"], "head_office": ["HQ"], "action": ["A-001"]}
ALIASES = Aliases().grown(CODES)
SAID = {
    "country": "GHA,TCD",
    "of_country": "GHA",
    "operation": "gha-op",
    "subject": "tcd-op@2024,HQ",
    "agreed": "A-001",
    "imagined": "in~2025,GHA~CRBP-05~implemented,gha-op~CRBP-01.b~partly,all~planned~2026-06-30",
    "round": "2025",
}


def test_an_address_goes_out_without_names_and_comes_back_whole() -> None:
    hidden = ALIASES.hiding(SAID)
    named = [code for codes in CODES.values() for code in codes]
    assert not [code for code in named if code in " ".join(hidden.values())]
    assert hidden["round"] == "2025"
    assert "all~planned~2026-06-30" in hidden["imagined"]
    assert ALIASES.telling(hidden) == SAID


def test_the_name_of_a_scenario_is_left_out_also_where_the_way_back_holds_it() -> None:
    scenario = f"called~Ghana_20first,{SAID['imagined']}"
    query = {"imagined": scenario, "back": f"heatmap;imagined:{scenario.replace(',', '!')}"}
    hidden = ALIASES.hiding(unnamed(query))
    assert hidden["imagined"].startswith("in~2025")
    assert not [text for text in hidden.values() if "Ghana" in text or "GHA" in text]
