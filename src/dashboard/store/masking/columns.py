"""Which text columns may a room see as they are, and which are masked explicitly? All others are emptied."""

from dashboard.model.records import RECORDS, Shown


def _of_records(*shown: Shown, **also: str) -> dict[str, tuple[str, ...]]:
    """By table that can be imported, the columns that are shown in these ways; `also` names one that no file has."""
    named = {
        record.table: (
            *(column.stored_name for column in record.columns if column.shown in shown),
            *(name for table, name in also.items() if table == record.table),
        )
        for record in RECORDS.values()
    }
    return {table: columns for table, columns in named.items() if columns}


OPEN: dict[str, tuple[str, ...]] = {
    # The library: standards, guidance and cases, the same for every group.
    "framework": (
        "framework", "title", "short_title", "area_word", "publisher", "edition", "supersedes", "version", "address",
        "licence_note", "held_in_part", "average_of", "country_figure",
        "checksum",
    ),
    "band": ("band", "title"),
    "scale": ("of_scale", "status", "title", "counts_as", "wording_id"),
    "area": ("area", "code", "title", "text", "spheres"),
    "criterion": (
        "criterion", "kind", "level", "text", "gap", "partly", "added", "since", "services", "of_scale",
        "evidence_hint", "citation", "verification",
    ),
    "repeated": (
        "criterion", "kind", "level", "text", "gap", "partly", "added", "since", "services", "of_scale",
        "evidence_hint", "citation", "verification", "same_as",
    ),
    "criterion_area": ("parts",),
    "criterion_link": ("target_type", "target"),
    "former_name": ("former", "code"),
    "framework_version": ("version",),
    "former_text": ("criterion", "text", "since"),
    "old_words": ("version", "until", "text"),
    "theme": ("theme", "title", "text"),
    "tension": ("tension", "between", "title", "text", "question", "criteria", "basis", "citation"),
    "crc_right": ("right", "instrument", "article", "title", "themes", "citation", "verification"),
    "risk_area": ("risk_area", "title", "text", "rights", "basis", "citation"),
    "setting": ("setting", "title", "exposed", "first_question", "functions", "services", "basis"),
    "business_function": ("function", "title", "text"),
    "impact": (
        "impact", "risk_area", "setting", "polarity", "text", "age_groups", "groups", "stage", "rights", "functions",
        "criteria", "touches", "basis", "citation",
    ),
    "crosswalk": ("source", "source_type", "target", "target_type", "strength", "basis", "note"),
    "instrument": (
        "instrument", "title", "short_title", "publisher", "years", "address", "text", "not_found", "verification",
    ),
    "point": ("point", "instrument", "code", "text", "criteria", "citation", "verification"),
    "guidance": (
        "guidance", "title", "step", "criteria", "risk_areas", "settings", "functions", "sources", "verification",
        "situation", "this_month", "this_year", "sign_that_it_works", "watch_out",
    ),
    "case_study": (
        "case_study", "title", "who", "where", "countries", "case_kind", "confidence", "shows", "criteria",
        "risk_areas", "settings", "facts", "what_was_done", "what_resulted", "lesson", "what_to_copy",
        "what_to_avoid",
    ),
    "tour": ("tour",),
    "tour_step": ("tour",),
    # About the group itself, only codes from fixed lists, and what was asked when.
    **_of_records(Shown.OPEN, child_participation="withheld"),
}  # fmt: skip
"""By table, the text columns that stay as they are."""
SETTLED: dict[str, tuple[str, ...]] = {
    **_of_records(Shown.ROLE, Shown.LEFT_OUT, Shown.REPLACED, review="said"),
    "answer_log": ("verdict", "role"),
    "tour_step": ("id", "place", "note"),
    "wording": ("language", "id", "title", "text", "gap", "partly", "evidence_hint"),
}
"""By table, the text columns that `mask.sql` or `facts.sql` has replaced, or keeps on purpose."""
CALCULATED = frozenset({
    "score", "score_change", "exposure", "opening", "participation", "todo", "impact_tally", "subject",
    "subject_country", "subject_operation", "figure", "criterion_card", "impact_rights", "impact_card", "guidance_card",
    "case_card", "criterion_facet", "cell", "speaks", "bond", "named_operation",
})  # fmt: skip
"""Tables derived from the others: `store/tables/` makes them again, or they hold only the library."""
