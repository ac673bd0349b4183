-- Which codes may a view state hold? One row per code: its filter, and its framework ('' for all) or tour.
SELECT filter, code, framework FROM (
SELECT DISTINCT 'framework' AS filter, framework AS code, framework, framework_no AS position FROM participation
UNION ALL
SELECT DISTINCT 'round', round, framework, round_position FROM participation
UNION ALL
SELECT DISTINCT 'country', country, framework, 0 FROM participation
UNION ALL
SELECT DISTINCT 'operation', operation, framework, operation_no FROM participation
UNION ALL
SELECT DISTINCT 'subject', subject, framework, subject_position FROM subject
UNION ALL
SELECT DISTINCT 'principle', area, framework, area_no FROM area_card
UNION ALL
SELECT DISTINCT 'criterion', criterion, framework, criterion_no FROM criterion_card
UNION ALL
SELECT DISTINCT 'kind', kind, framework, 0 FROM criterion_card
UNION ALL
SELECT DISTINCT 'inherits', criterion, framework, criterion_no FROM criterion_card WHERE inherits
UNION ALL
SELECT 'status', status, framework, min(status_no) FROM scale JOIN framework USING (framework_no)
WHERE counts_as <> 'unanswered'
GROUP BY status, framework
UNION ALL
SELECT 'function', function, '', position FROM business_function
UNION ALL
SELECT 'setting', setting, '', position FROM setting
UNION ALL
SELECT 'risk_area', risk_area, '', 0 FROM risk_area
UNION ALL
SELECT 'right', theme, '', position FROM theme
UNION ALL
SELECT 'right', "right", '', 1000 FROM crc_right
UNION ALL
SELECT 'indicator', indicator, '', 0 FROM indicator
UNION ALL
SELECT 'impact', impact, '', impact_position FROM impact_card
UNION ALL
SELECT 'guidance', guidance, '', position FROM guidance
UNION ALL
SELECT 'case_study', case_study, '', position FROM case_study
UNION ALL
SELECT DISTINCT 'case_country', unnest(countries), '', 0 FROM case_study
UNION ALL
SELECT 'action', action, '', 0 FROM action
UNION ALL
SELECT 'tour', tour, '', position FROM tour
UNION ALL
SELECT 'exercise', tour, '', position FROM tour
WHERE tour IN (SELECT tour FROM tour_step WHERE list_has_any(str_split(place, ';'), ['part:outcome', 'outcome']))
UNION ALL
SELECT 'tour_step', CAST(step AS VARCHAR), tour, step FROM tour_step
UNION ALL
SELECT DISTINCT 'wording', language, '', 0 FROM wording
) ORDER BY filter, position, framework, code;
