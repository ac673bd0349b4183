"""What has a group agreed in an exercise and not saved? Kept in its session, with the gaps it can act on."""

from dashboard.model.plan.agreed import AgreedAction
from dashboard.queries import ask
from dashboard.queries.risks.rows import SettingCriteriaRow
from dashboard.ui.session_keys import PLAN_AGREED
from dashboard.ui.versions import masking
from dashboard.ui.view import View


def kept() -> dict[str, AgreedAction]:
    """What was agreed and is not saved, by what it is on; nothing while names are hidden, for it names operations."""
    return {} if masking.is_on() else PLAN_AGREED.setdefault({})


def gaps(view: View, setting: str) -> list[SettingCriteriaRow]:
    """The criteria of the setting that somebody answered as not in place, or partly; critical ones first."""
    found = ask.rows(view.published, "setting_criteria", view.of_setting(setting))
    return [row for row in found if row["n_nil"] + row["n_part"]]
