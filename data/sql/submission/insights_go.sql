-- What goes with the file that is corrected is not among what is absent and stays; `ending` says what goes.
DELETE FROM upload_difference d USING ending e
WHERE d.state = 'absent' AND e.state <> 'kept'
    AND d.commitment = e.commitment AND d.area_code = e.area_code AND d.period_start = e.period_start
    AND d.period_end = e.period_end AND d.perspective = e.perspective AND d.organisation = e.organisation
    AND d.method = e.method AND d.source_reference = e.source_reference
