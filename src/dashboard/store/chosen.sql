-- What do the filters keep? Every page reads figures through these, so that no page can filter in its own way.
-- A criterion that serves several risk areas is kept once: a filter picks a set of criteria.

CREATE OR REPLACE MACRO chosen(framework_id, round_id, country_ids, principle_ids, risk_area_ids, criterion_ids) AS TABLE
FROM score
WHERE framework = framework_id AND round = round_id AND kept(country_ids, country) AND kept(principle_ids, area)
    AND kept_any(risk_area_ids, risk_areas) AND kept(criterion_ids, criterion);

CREATE OR REPLACE MACRO chosen_matched(framework_id, round_id, country_ids, principle_ids, risk_area_ids, criterion_ids) AS TABLE
FROM score_change
WHERE framework = framework_id AND round = round_id AND kept(country_ids, country) AND kept(principle_ids, area)
    AND kept_any(risk_area_ids, risk_areas) AND kept(criterion_ids, criterion);

CREATE OR REPLACE MACRO chosen_criteria(framework_id, principle_ids, risk_area_ids) AS TABLE
FROM criterion_card
WHERE framework = framework_id AND kept(principle_ids, area) AND kept_any(risk_area_ids, risk_areas);
