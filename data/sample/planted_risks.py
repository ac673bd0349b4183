"""Ratings of risks that are planted in place of what was drawn."""


def graded(grades: str, confidence: str = "high", residual: str = "", residual_basis: str = "") -> dict[str, str]:
    """Fields of a planted risk: its four grades as digits, and what is left of it as two."""
    names = ("scale", "scope", "irremediability", "likelihood")
    return dict(zip(names, grades, strict=True)) | {
        "confidence": confidence,
        "residual_severity": residual[:1],
        "residual_likelihood": residual[1:],
        "residual_basis": residual_basis,
    }


PLANTED_RISKS = {
    ("2025", "rwa-op", "IMP-field-RA08-r1"): graded("4141"),
    ("2025", "rwa-op", "IMP-content-RA05-r1"): graded("1114"),
    ("2025", "sen-op", "IMP-care-RA01-r1"): graded("4243"),
    ("2025", "cod-op", "IMP-depots-RA06-r1"): graded("4334", confidence="low"),
    ("2025", "gtm-op", "IMP-hosting-RA11-r1"): graded(
        "3322", residual="34", residual_basis="Since the filter was widened in January, more is blocked by mistake."
    ),
}
"""By round, operation and impact; what is planted takes the place of what was drawn."""
LOWERED_BY_NOTHING = ("2025", "tcd-op")
"""Round and operation of the risk whose residual nothing explains."""
BY_NOTHING = graded("3323", residual="31", residual_basis="Judged lower because no case was reported in the year.")
