SELECT count(*) AS decisions FROM public_check
