-- What does the framework call its areas?
SELECT area_word FROM framework WHERE framework = $framework;
