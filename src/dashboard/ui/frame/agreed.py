"""What has a group agreed in an exercise but not saved? Kept in its session, with the gaps it can act on."""

from dashboard.model.plan.agreed import AgreedAction
from dashboard.queries import ask
from dashboard.queries.risks.setting_criteria import SETTING_CRITERIA, SettingCriteriaRow
from dashboard.ui.session_keys import PLAN_AGREED
from dashboard.ui.versions import masking
from dashboard.ui.view import View


def kept() -> dict[str, AgreedAction]:
    """Return what was agreed and not saved, by subject; nothing while names are hidden, because it names operations."""
    return {} if masking.is_on() else PLAN_AGREED.setdefault({})


def gaps(view: View, setting: str) -> list[SettingCriteriaRow]:
    """Return the criteria of the setting answered as not or partly implemented; critical ones first."""
    found = ask.rows(view.published, SETTING_CRITERIA, view.of_respect().of_setting(setting))
    return [row for row in found if row["n_nil"] + row["n_part"]]
