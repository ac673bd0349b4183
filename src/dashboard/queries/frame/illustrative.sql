-- Is anything that the present choice shows illustrative?
SELECT coalesce(bool_or(synthetic), false) AS illustrative
FROM participation WHERE framework = $framework AND list_contains($countries, country);
