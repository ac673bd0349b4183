-- Which impacts are there, in library order, and what is each about?
SELECT impact, impact_position, risk_area, setting, age_groups, groups, stage, basis, citation, functions, rights,
    touches
FROM impact_card ORDER BY impact_position;
