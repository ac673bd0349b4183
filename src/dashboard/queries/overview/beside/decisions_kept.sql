-- Which actions do the filters keep?
SELECT action FROM chosen_actions($framework, $criteria, $impacts);
