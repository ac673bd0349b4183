-- What does the framework call its areas, and what of its document is held here, where not all of it is?
SELECT area_word, held_in_part FROM framework WHERE framework = $framework;
