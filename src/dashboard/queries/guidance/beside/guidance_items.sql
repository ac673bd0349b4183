-- Which guidance is there, in order, how great is the effort, who leads, and which criteria does it help to put in
-- place?
SELECT guidance, step, effort, functions[1] AS function, criteria FROM guidance_card ORDER BY position;
