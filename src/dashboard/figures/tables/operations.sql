-- Which operations are there, in list order: by country and title, those of the head office last?
-- `first_no` is the number of the first operation of its group there, `group_title` what they are called together.
SELECT operation_no, operation, o.title, country, o.kind <> 'operation' AS head_office, first_no,
    coalesce(of_group || ' (' || string_agg(o.title, ', ' ORDER BY in_order(o.title), operation)
        OVER (PARTITION BY first_no) || ')', o.title) AS group_title
FROM named_operation AS o JOIN country AS c USING (country_no) JOIN counted_with USING (operation_no)
ORDER BY country = 'GROUP', in_order(c.title), in_order(o.title), operation;
