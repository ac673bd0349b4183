"""The long-form tables that can be imported, their columns, and the words allowed in them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One kind of table, recognised by its required columns, whatever the file is called.

    An unreadable line is not quoted if it could contain a small number of children. `former` columns are no longer
    read.
    """

    kind: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    quoted: bool = True
    former: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional


FORMS = (
    Form("countries", ("country", "title", "region")),
    Form(
        "operations",
        ("operation", "country", "title", "kind"),
        ("services", "frameworks", "first_round", "synthetic", "group"),
    ),
    Form("rounds", ("round", "title", "starts_on", "ends_on"), ("frameworks", "versions", "closed", "note")),
    Form(
        "answers",
        ("round", "operation", "criterion", "status"),
        ("evidence", "note", "answered_by_role", "answered_on", "na_reason", "framework_version"),
    ),
    Form(
        "reviews",
        ("round", "operation", "criterion", "verdict", "reviewed_by_role"),
        (
            "comment",
            "reviewed_on",
            "reviewed_status",
            "reviewed_evidence",
            "reviewed_note",
            "reviewed_reason",
            "rated_status",
        ),
    ),
    Form(
        "risk_ratings",
        ("round", "operation", "impact", "scale", "scope", "irremediability", "likelihood"),
        (
            "found",
            "confidence",
            "basis",
            "rated_by_role",
            "rated_on",
            "residual_severity",
            "residual_likelihood",
            "residual_basis",
        ),
    ),
    Form(
        "opportunity_ratings",
        ("round", "operation", "impact", "reach", "need", "feasibility"),
        ("found", "confidence", "basis", "rated_by_role", "rated_on"),
    ),
    Form(
        "actions",
        ("action", "operation", "text", "owner_role", "due_on"),
        (
            "round",
            "criterion",
            "impact",
            "status",
            "priority",
            "reason",
            "expected_status",
            "effort",
            "cost",
            "cause",
        ),
        former=("status_by_quarter",),
    ),
    Form(
        "targets",
        ("framework", "kind", "area", "operation", "percent"),
        ("round", "due_on", "baseline", "owner_role", "note"),
    ),
    Form(
        "participation",
        ("record", "operation", "round", "activity", "held_on"),
        (
            "age_groups",
            "children",
            "girls",
            "boys",
            "children_with_disabilities",
            "out_of_school",
            "consent",
            "safeguarding_lead",
            "trained_partner",
            "fed_back",
            "changed",
            "what_changed",
            "evidence_ref",
            "note",
        ),
        quoted=False,
    ),
    Form(
        "evidence",
        ("title", "link", "document"),
        ("round", "operation", "criterion", "action", "dated_on", "page", "holder", "confidential"),
    ),
    Form("comments", ("round", "operation", "criterion", "role", "said_on", "text")),
    Form("indicators", ("indicator", "title", "unit", "limit_years"), ("difference_of",)),
    Form("people", ("subject", "role"), ("scope",)),
    Form("context", ("country", "indicator", "year", "value", "publisher", "dataset", "licence"), ("note",)),
)
FORM = {form.kind: form for form in FORMS}

EVIDENCE = ("none", "self_declared", "seen", "independently_checked")
"""Evidence words from weakest to strongest; their index is the level, 0 to 3."""

FORMATS = (".csv", ".xlsx", ".parquet")
