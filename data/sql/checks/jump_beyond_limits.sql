-- The limits of an XmR chart of all periods before the point, twelve or more, stored or in the file: mean ∓ 2.66 times the
-- average moving range, ranges of 3.267 times their average and more left out once. A series in which periods overlap
-- has none. Ranges can only be left out where the largest is that large, so the rest needs no second look.
-- Asked about is a jump of a whole area’s total: outside these limits, and further from the period before than the limit
-- for moving ranges, so that a slow drift is not asked about month after month; and more than what two persons or cases
-- more or fewer would undo.
WITH point AS (
    SELECT p.row, p.series, p.period_start, p.period_end, p.figure, p.changed
    FROM upload_point p JOIN upload_definition d ON d.key = p.indicator
    WHERE d.period_type IN ('month', 'quarter') AND p.figure IS NOT NULL
        AND p.breakdown_type = '' AND p.breakdown = '' AND p.organisation = ''
),
long AS (
    SELECT series FROM point GROUP BY series HAVING count(*) > 12 AND bool_or(changed)
),
stepped AS (
    SELECT row, series, period_end, figure, changed,
        period_start <= lag(period_end) OVER periods AS shared,
        abs(figure - lag(figure) OVER periods) AS jump,
        CASE WHEN period_start = lag(period_end) OVER periods + 1 THEN abs(figure - lag(figure) OVER periods) END AS step
    FROM point SEMI JOIN long USING (series)
    WINDOW periods AS (PARTITION BY series ORDER BY period_end)
),
charted AS (
    SELECT row, series, period_end, figure, changed, jump, count(*) OVER before AS points, avg(figure) OVER before AS centre,
        avg(step) OVER before AS average, max(step) OVER before AS largest
    FROM stepped ANTI JOIN (SELECT series FROM stepped WHERE shared) USING (series)
    WINDOW before AS (PARTITION BY series ORDER BY period_end ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
doubtful AS (
    SELECT * FROM charted
    WHERE changed AND points >= 12
        AND (abs(figure - centre) > 2.66 * average OR largest >= 3.267 * average)
),
limited AS (
    SELECT d.row, any_value(d.figure) AS figure, any_value(d.points) AS points, any_value(d.jump) AS jump, avg(s.step) AS usual,
        any_value(d.centre) - 2.66 * avg(s.step) AS lower_limit, any_value(d.centre) + 2.66 * avg(s.step) AS upper_limit
    FROM doubtful d
    JOIN stepped s ON s.series = d.series AND s.period_end < d.period_end AND s.step < 3.267 * d.average
    GROUP BY d.row
)
SELECT l.row, CASE WHEN t.value IS NULL THEN 'numerator' ELSE 'value' END AS "column",
    coalesce(t.value, t.numerator) AS value,
    shown(l.figure) || ', where the ' || l.points || ' periods before lead to expect '
    || shown(greatest(l.lower_limit, 0)) || ' to '
    || shown(CASE u.measure WHEN 'proportion' THEN least(l.upper_limit, u.multiplier) ELSE l.upper_limit END) AS detail,
    l.lower_limit, l.upper_limit
FROM limited l
JOIN upload_text t USING (row)
JOIN upload u USING (row)
ANTI JOIN upload_scale USING (row)
WHERE l.jump > 3.267 * l.usual
    AND greatest(l.figure - l.upper_limit, l.lower_limit - l.figure)
    > CASE u.measure WHEN 'proportion' THEN coalesce(2 * u.multiplier / u.denominator, 0) WHEN 'count' THEN 2 ELSE 0 END
