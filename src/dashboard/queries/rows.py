"""What does a question give back? Its name says it. Made by `make rows`, never by hand."""

from collections.abc import Mapping
from typing import Literal, Protocol, overload

from dashboard.queries.collect import rows as collect
from dashboard.queries.compare import rows as compare
from dashboard.queries.country import rows as country
from dashboard.queries.data import rows as data
from dashboard.queries.elements import rows as elements
from dashboard.queries.frame import rows as frame
from dashboard.queries.guidance import rows as guidance
from dashboard.queries.overview import rows as overview
from dashboard.queries.plan import rows as plan
from dashboard.queries.present import rows as present
from dashboard.queries.risks import rows as risks
from dashboard.queries.standards import rows as standards
from dashboard.queries.whatif import rows as whatif
from dashboard.queries.workbook import rows as workbook
from dashboard.store.reading.reader import Published

Given = Mapping[str, object]


class AskRows(Protocol):
    """Asks a question by its name, of a publication, with at least the parameters that it names."""

    @overload
    def __call__(
        self, published: Published, name: Literal["agreement"], given: Given, /
    ) -> list[collect.AgreementRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["answer_ages"], given: Given, /
    ) -> list[overview.AnswerAgesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["answer_comments"], given: Given, /
    ) -> list[collect.AnswerCommentsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["answer_history"], given: Given, /
    ) -> list[collect.AnswerHistoryRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["answer_words"], given: Given, /
    ) -> list[elements.AnswerWordsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["answering"], given: Given, /
    ) -> list[collect.AnsweringRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["answering_functions"], given: Given, /
    ) -> list[collect.AnsweringFunctionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["answering_statuses"], given: Given, /
    ) -> list[collect.AnsweringStatusesRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["answers"], given: Given, /) -> list[country.AnswersRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["answers_to_hand_in"], given: Given, /
    ) -> list[collect.AnswersToHandInRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["area_word"], given: Given, /
    ) -> list[frame.AreaWordRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["areas"], given: Given, /) -> list[overview.AreasRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["bands"], given: Given, /) -> list[elements.BandsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["beside_points"], given: Given, /
    ) -> list[standards.BesidePointsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_about"], given: Given, /
    ) -> list[workbook.BookAboutRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_actions"], given: Given, /
    ) -> list[workbook.BookActionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_choices"], given: Given, /
    ) -> list[workbook.BookChoicesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_evidence"], given: Given, /
    ) -> list[workbook.BookEvidenceRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_impacts"], given: Given, /
    ) -> list[workbook.BookImpactsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_known"], given: Given, /
    ) -> list[workbook.BookKnownRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_questions"], given: Given, /
    ) -> list[workbook.BookQuestionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_statuses"], given: Given, /
    ) -> list[workbook.BookStatusesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_target_choices"], given: Given, /
    ) -> list[workbook.BookTargetChoicesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["book_targets"], given: Given, /
    ) -> list[workbook.BookTargetsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["case_countries"], given: Given, /
    ) -> list[guidance.CaseCountriesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["case_criteria"], given: Given, /
    ) -> list[guidance.CaseCriteriaRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["case_guidance"], given: Given, /
    ) -> list[guidance.CaseGuidanceRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["case_study"], given: Given, /
    ) -> list[guidance.CaseStudyRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["case_years"], given: Given, /
    ) -> list[guidance.CaseYearsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["cases"], given: Given, /) -> list[guidance.CasesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["cases_nowhere"], given: Given, /
    ) -> list[guidance.CasesNowhereRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["changes"], given: Given, /) -> list[compare.ChangesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["changes_asked"], given: Given, /
    ) -> list[compare.ChangesAskedRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["changes_moves"], given: Given, /
    ) -> list[compare.ChangesMovesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["checking"], given: Given, /
    ) -> list[collect.CheckingRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["checking_asked"], given: Given, /
    ) -> list[collect.CheckingAskedRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["checking_done"], given: Given, /
    ) -> list[collect.CheckingDoneRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["collect_stand"], given: Given, /
    ) -> list[collect.CollectStandRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["collect_titles"], given: Given, /
    ) -> list[collect.CollectTitlesRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["common"], given: Given, /) -> list[frame.CommonRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["compare_common"], given: Given, /
    ) -> list[compare.CompareCommonRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["compare_criteria"], given: Given, /
    ) -> list[compare.CompareCriteriaRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["compare_figures"], given: Given, /
    ) -> list[compare.CompareFiguresRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["compare_help"], given: Given, /
    ) -> list[compare.CompareHelpRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["compare_why"], given: Given, /
    ) -> list[compare.CompareWhyRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["contents"], given: Given, /) -> list[data.ContentsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["context"], given: Given, /) -> list[risks.ContextRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["covered_risks"], given: Given, /
    ) -> list[risks.CoveredRisksRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["criterion_library"], given: Given, /
    ) -> list[elements.CriterionLibraryRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["criterion_links"], given: Given, /
    ) -> list[standards.CriterionLinksRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["crosswalk"], given: Given, /
    ) -> list[standards.CrosswalkRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["crosswalk_sides"], given: Given, /
    ) -> list[standards.CrosswalkSidesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["decisions"], given: Given, /
    ) -> list[overview.DecisionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["edition_pairs"], given: Given, /
    ) -> list[standards.EditionPairsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["editions"], given: Given, /
    ) -> list[standards.EditionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["evidence_items"], given: Given, /
    ) -> list[elements.EvidenceItemsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["exposures"], given: Given, /
    ) -> list[overview.ExposuresRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["failures"], given: Given, /
    ) -> list[elements.FailuresRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["form_questions"], given: Given, /
    ) -> list[workbook.FormQuestionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["framework_titles"], given: Given, /
    ) -> list[standards.FrameworkTitlesRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["gains"], given: Given, /) -> list[plan.GainsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["gains_actions"], given: Given, /
    ) -> list[plan.GainsActionsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["gap_ways"], given: Given, /) -> list[data.GapWaysRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["guidance_cases"], given: Given, /
    ) -> list[guidance.GuidanceCasesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["guidance_criteria"], given: Given, /
    ) -> list[guidance.GuidanceCriteriaRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["guidance_for_you"], given: Given, /
    ) -> list[guidance.GuidanceForYouRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["guidance_item"], given: Given, /
    ) -> list[guidance.GuidanceItemRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["guidance_list"], given: Given, /
    ) -> list[guidance.GuidanceListRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["guidance_stand"], given: Given, /
    ) -> list[guidance.GuidanceStandRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["headline"], given: Given, /
    ) -> list[overview.HeadlineRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["headline_rounds"], given: Given, /
    ) -> list[overview.HeadlineRoundsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["heard"], given: Given, /) -> list[country.HeardRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["heatmap"], given: Given, /) -> list[compare.HeatmapRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["heatmap_finding"], given: Given, /
    ) -> list[compare.HeatmapFindingRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["heatmap_groups"], given: Given, /
    ) -> list[compare.HeatmapGroupsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["illustrative"], given: Given, /
    ) -> list[frame.IllustrativeRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["indicators"], given: Given, /
    ) -> list[risks.IndicatorsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["instruments"], given: Given, /
    ) -> list[standards.InstrumentsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["method"], given: Given, /) -> list[data.MethodRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["next_best"], given: Given, /) -> list[plan.NextBestRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["number"], given: Given, /) -> list[elements.NumberRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["number_excluded"], given: Given, /
    ) -> list[elements.NumberExcludedRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["number_made"], given: Given, /
    ) -> list[elements.NumberMadeRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["number_parts"], given: Given, /
    ) -> list[elements.NumberPartsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["number_sums"], given: Given, /
    ) -> list[elements.NumberSumsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["operation_areas"], given: Given, /
    ) -> list[country.OperationAreasRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["operation_impacts"], given: Given, /
    ) -> list[country.OperationImpactsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["operation_reading"], given: Given, /
    ) -> list[country.OperationReadingRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["operation_risks"], given: Given, /
    ) -> list[country.OperationRisksRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["operations"], given: Given, /
    ) -> list[elements.OperationsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["opportunity_list"], given: Given, /
    ) -> list[risks.OpportunityListRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["options"], given: Given, /) -> list[frame.OptionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["outcome_read"], given: Given, /
    ) -> list[present.OutcomeReadRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["owed"], given: Given, /) -> list[collect.OwedRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["owed_functions"], given: Given, /
    ) -> list[collect.OwedFunctionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["owed_not_applicable"], given: Given, /
    ) -> list[collect.OwedNotApplicableRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["owed_oldest"], given: Given, /
    ) -> list[collect.OwedOldestRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["owed_rounds"], given: Given, /
    ) -> list[collect.OwedRoundsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["owed_silent"], given: Given, /
    ) -> list[collect.OwedSilentRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["owed_to_hand_out"], given: Given, /
    ) -> list[collect.OwedToHandOutRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["own_actions"], given: Given, /
    ) -> list[collect.OwnActionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["own_work"], given: Given, /
    ) -> list[collect.OwnWorkRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["part_titles"], given: Given, /
    ) -> list[elements.PartTitlesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["participation"], given: Given, /
    ) -> list[country.ParticipationRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["places"], given: Given, /) -> list[risks.PlacesRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["plan"], given: Given, /) -> list[plan.PlanRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["plan_action"], given: Given, /
    ) -> list[plan.PlanActionRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["plan_criteria"], given: Given, /
    ) -> list[plan.PlanCriteriaRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["plan_guidance"], given: Given, /
    ) -> list[plan.PlanGuidanceRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["plan_lacking"], given: Given, /
    ) -> list[plan.PlanLackingRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["plan_operations"], given: Given, /
    ) -> list[plan.PlanOperationsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["plan_subject"], given: Given, /
    ) -> list[plan.PlanSubjectRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["plan_unplanned"], given: Given, /
    ) -> list[plan.PlanUnplannedRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["plan_years"], given: Given, /
    ) -> list[plan.PlanYearsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["problems"], given: Given, /) -> list[data.ProblemsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["review"], given: Given, /) -> list[compare.ReviewRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["review_criteria"], given: Given, /
    ) -> list[compare.ReviewCriteriaRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["reviews_to_hand_in"], given: Given, /
    ) -> list[collect.ReviewsToHandInRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["right_criteria"], given: Given, /
    ) -> list[standards.RightCriteriaRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["right_gaps"], given: Given, /
    ) -> list[standards.RightGapsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["right_text"], given: Given, /
    ) -> list[standards.RightTextRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["rights"], given: Given, /) -> list[standards.RightsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["risk_checks"], given: Given, /
    ) -> list[risks.RiskChecksRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["risk_list"], given: Given, /
    ) -> list[risks.RiskListRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["risk_lowered"], given: Given, /
    ) -> list[risks.RiskLoweredRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["risk_map"], given: Given, /) -> list[risks.RiskMapRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["risk_picture"], given: Given, /
    ) -> list[risks.RiskPictureRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["risk_rights"], given: Given, /
    ) -> list[risks.RiskRightsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["risk_tensions"], given: Given, /
    ) -> list[risks.RiskTensionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["robustness"], given: Given, /
    ) -> list[data.RobustnessRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["room_groups"], given: Given, /
    ) -> list[present.RoomGroupsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["rounds"], given: Given, /) -> list[elements.RoundsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["rounds_before"], given: Given, /
    ) -> list[compare.RoundsBeforeRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["search_texts"], given: Given, /
    ) -> list[elements.SearchTextsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["setting_advice"], given: Given, /
    ) -> list[risks.SettingAdviceRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["setting_criteria"], given: Given, /
    ) -> list[risks.SettingCriteriaRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["setting_openings"], given: Given, /
    ) -> list[risks.SettingOpeningsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["setting_risks"], given: Given, /
    ) -> list[risks.SettingRisksRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["settings"], given: Given, /) -> list[risks.SettingsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["sources"], given: Given, /) -> list[data.SourcesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["standard"], given: Given, /
    ) -> list[standards.StandardRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["standard_about"], given: Given, /
    ) -> list[standards.StandardAboutRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["standard_areas"], given: Given, /
    ) -> list[standards.StandardAreasRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["subjects"], given: Given, /
    ) -> list[compare.SubjectsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["targets"], given: Given, /) -> list[plan.TargetsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["tensions"], given: Given, /
    ) -> list[standards.TensionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["time_axis"], given: Given, /
    ) -> list[elements.TimeAxisRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["tour_steps"], given: Given, /
    ) -> list[present.TourStepsRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["tours"], given: Given, /) -> list[present.ToursRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["uncovered"], given: Given, /
    ) -> list[standards.UncoveredRow]: ...
    @overload
    def __call__(self, published: Published, name: Literal["versions"], given: Given, /) -> list[data.VersionsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["whatif_answers"], given: Given, /
    ) -> list[whatif.WhatifAnswersRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["whatif_assumed"], given: Given, /
    ) -> list[whatif.WhatifAssumedRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["whatif_cells"], given: Given, /
    ) -> list[whatif.WhatifCellsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["whatif_choices"], given: Given, /
    ) -> list[whatif.WhatifChoicesRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["whatif_gaps"], given: Given, /
    ) -> list[whatif.WhatifGapsRow]: ...
    @overload
    def __call__(
        self, published: Published, name: Literal["whatif_ready"], given: Given, /
    ) -> list[whatif.WhatifReadyRow]: ...
