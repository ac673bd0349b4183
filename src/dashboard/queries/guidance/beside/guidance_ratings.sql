-- How gravely was each risk rated in each country of the round? One row an impact, country and severity, in the order of impacts.
SELECT impact, country, severity, max(second_key) AS second_key
FROM exposure JOIN impact_card USING (impact)
WHERE round = $round
GROUP BY impact, country, severity, impact_position
ORDER BY impact_position, country, severity;
