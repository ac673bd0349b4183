-- Which actions are on a criterion that has another id now? They move with it.
UPDATE action SET criterion = n.code FROM former_name AS n WHERE n.former = action.criterion;
