-- Which codes may the lists name: of standards, and of services?
SELECT 'frameworks' AS named_in, framework AS code FROM framework
UNION
SELECT 'services', unnest(services) FROM criterion
ORDER BY named_in, code;
