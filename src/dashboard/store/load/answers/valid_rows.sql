-- Which staged rows are sound? Those that no check has rejected.
CREATE TEMP VIEW sound_countries AS SELECT rowid AS row_id, * FROM staged_countries AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'countries' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_operations AS SELECT rowid AS row_id, * FROM staged_operations AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'operations' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_rounds AS SELECT rowid AS row_id, * FROM staged_rounds AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'rounds' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_answers AS SELECT rowid AS row_id, * FROM staged_answers AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'answers' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_reviews AS SELECT rowid AS row_id, * FROM staged_reviews AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'reviews' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_risk_ratings AS SELECT rowid AS row_id, * FROM staged_risk_ratings AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'risk_ratings' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_opportunity_ratings AS SELECT rowid AS row_id, * FROM staged_opportunity_ratings AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'opportunity_ratings' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_actions AS SELECT rowid AS row_id, * FROM staged_actions AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'actions' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_targets AS SELECT rowid AS row_id, * FROM staged_targets AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'targets' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_participation AS SELECT rowid AS row_id, * FROM staged_participation AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'participation' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_indicators AS SELECT rowid AS row_id, * FROM staged_indicators AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'indicators' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_people AS SELECT rowid AS row_id, * FROM staged_people AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'people' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_context AS SELECT rowid AS row_id, * FROM staged_context AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'context' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_evidence AS SELECT rowid AS row_id, * FROM staged_evidence AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'evidence' AND f.row_id = s.rowid);
CREATE TEMP VIEW sound_comments AS SELECT rowid AS row_id, * FROM staged_comments AS s
    WHERE NOT EXISTS (FROM found AS f WHERE f.form = 'comments' AND f.row_id = s.rowid);
