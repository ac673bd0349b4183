-- How much guidance is there? One row.
SELECT count(*) AS n_guidance FROM guidance;
