-- Which actions concern a criterion, and which targets an area, that has another id now? They follow it.
UPDATE action SET criterion = n.code FROM former_name AS n WHERE n.former = action.criterion;
UPDATE figure_target SET area = n.code FROM former_name AS n WHERE n.former = figure_target.area;
