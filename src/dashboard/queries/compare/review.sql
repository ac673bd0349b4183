-- What did every operation answer to one criterion, and which answers do not fit together? At most 500 unless the whole
-- is wanted, by region. A doubt is a question to ask, not a verdict. The columns beginning with `all_` count over all
-- of them.
WITH one AS (
    SELECT criterion_no, criterion, critical, services AS for_services
    FROM chosen_criteria($framework, $criteria) WHERE criterion = $criterion
),
answers AS MATERIALIZED (
    SELECT one.criterion, p.operation, o.title AS operation_title, o.kind AS operation_kind, c.country,
        c.title AS country_title, c.region,
        coalesce(a.counts_as, 'not_asked') AS counts_as, a.status, a.status_title, a.value, a.evidence, r.note,
            r.na_reason,
        r.answered_on, r.answered_by_role, ow.version AS older_version, ow.text AS older_text, ow.until AS older_until,
        date_sub('month', r.answered_on, $today) AS age_months,
        x.mark, x.reviewed_by_role,
        coalesce(a.n_critical_failed, 0) > 0 AS critical_failed,
        coalesce(a.evidence, 0) = 0 AS bare, coalesce(a.evidence >= 2, false) AS seen,
        CASE WHEN len(for_services) = 0 THEN o.services
            ELSE list_sort(list_intersect(o.services, for_services)) END AS offers
    FROM participation AS p
    CROSS JOIN one
    JOIN named_operation AS o USING (operation)
    JOIN country AS c USING (country_no)
    JOIN round AS t ON t.round = $round
    LEFT JOIN counted AS a ON a.operation_no = o.operation_no AND a.round_no = t.round_no
        AND a.criterion_no = one.criterion_no
    LEFT JOIN answer AS r ON r.operation_no = o.operation_no AND r.round_no = t.round_no
        AND r.criterion_no = one.criterion_no
    LEFT JOIN old_words AS ow ON ow.version_no = r.version_no AND ow.criterion_no = r.criterion_no
    LEFT JOIN reviewed AS x ON x.operation_no = o.operation_no AND x.round_no = t.round_no
        AND x.criterion_no = one.criterion_no
    WHERE p.framework = $framework AND p.round = $round AND list_contains($countries, c.country) AND o.kind <> 'rest'
),
-- Who answered, grouped by what they offer: with thousands of operations, each is compared with a few profiles and not
-- with every other.
answered AS (
    SELECT operation_kind, offers, count(*) AS n FROM answers WHERE counts_as = 'answered'
    GROUP BY operation_kind, offers
),
peers AS (
    SELECT mine.operation_kind, mine.offers, CAST(sum(other.n) AS BIGINT) AS n_peers
    FROM (SELECT DISTINCT operation_kind, offers FROM answers WHERE counts_as = 'not_applicable') AS mine
    JOIN answered AS other ON other.operation_kind = mine.operation_kind
        AND (list_has_any(other.offers, mine.offers) OR len(mine.offers) = 0)
    GROUP BY mine.operation_kind, mine.offers
),
looked AS (
    SELECT a.*, coalesce(n_peers, 0) AS n_peers,
        count(*) FILTER (WHERE seen) OVER (PARTITION BY counts_as, value) AS n_seen_alike,
        counts_as = 'answered' AND value = 1 AND bare AS without_evidence
    FROM answers AS a
    LEFT JOIN peers AS p
        ON a.counts_as = 'not_applicable' AND p.operation_kind = a.operation_kind AND p.offers = a.offers
),
told AS (
    SELECT *, counts_as = 'answered' AND value > 0 AND bare AND n_seen_alike > 0 AS bare_beside_seen,
        n_peers > 0 AS only_here
    FROM looked
)
SELECT *, count(*) OVER () AS all_n, count(*) FILTER (WHERE value = 1) OVER () AS all_full,
    count(*) FILTER (WHERE value > 0 AND value < 1) OVER () AS all_part,
    count(*) FILTER (WHERE value = 0) OVER () AS all_nil,
    count(*) FILTER (WHERE counts_as = 'not_applicable') OVER () AS all_not_applicable,
    count(*) FILTER (WHERE counts_as = 'not_known') OVER () AS all_not_known,
    count(*) FILTER (WHERE counts_as = 'unanswered') OVER () AS all_unanswered,
    count(*) FILTER (WHERE counts_as = 'not_asked') OVER () AS all_not_asked,
    count(*) FILTER (WHERE without_evidence OR bare_beside_seen OR only_here) OVER () AS all_look
FROM told
ORDER BY country = 'GROUP', in_order(region), in_order(country_title), in_order(operation_title), operation
LIMIT CASE WHEN NOT $whole THEN 500 END;
