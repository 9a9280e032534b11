-- What goes with the file that is corrected is not among what is absent and stays; `ending` says what goes.
DELETE FROM upload_difference d USING ending e
WHERE d.state = 'absent' AND e.state <> 'kept'
    AND d.indicator = e.indicator AND d.area_code = e.area_code AND d.period_start = e.period_start
    AND d.period_end = e.period_end AND d.breakdown_type = e.breakdown_type AND d.breakdown = e.breakdown
    AND d.organisation = e.organisation
