-- What the audit trail can be narrowed to: people, deeds and months, each that there is.
SELECT
    list_sort(list(DISTINCT if($masked, regexp_replace(actor, $address, $instead, 'g'), actor))) AS people,
    list_sort(list(DISTINCT deed)) AS deeds,
    list_reverse_sort(list(DISTINCT strftime(happened_at, '%Y-%m'))) AS months,
    min(happened_at) AS since
FROM audit
