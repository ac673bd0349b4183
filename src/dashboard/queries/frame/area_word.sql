-- What does the framework call its areas, and which part of its document is included here, if not all of it?
SELECT area_word, held_in_part FROM framework WHERE framework = $framework;
