-- The facts that differ: corrections first, then what was withdrawn, then the newest of what is new.
SELECT * EXCLUDE (query) FROM (
all_of_them
)
ORDER BY list_position(['corrected', 'withdrawn', 'reworded', 'new'], state), period_end DESC, indicator, area_code,
    period_start, breakdown_type, breakdown, organisation
LIMIT $most
