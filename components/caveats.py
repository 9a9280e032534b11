"""What the published data can and cannot carry, in sentences that pages share."""

OVERLAP = (
    "These are years that overlap with their neighbours, so they carry no trend and no control chart; a change is only "
    "calculated between years that share no month."
)
SMALL_POPULATION = (
    "Rate not given: small resident population. Its counts are shown here and stay inside London and England."
)
CARRY = """
Recorded crime comes as years that overlap: it carries comparison between areas and change between separate years, but
no trend, no control chart, and nothing yet after the baseline of July 2025.

Knife offences from 2010/11 to 2021/22 are separate financial years. For 2020/21 and 2021/22 there is no population
estimate within two years before the middle of the year, so the counts stand without a rate.

Greater Manchester is missing from the years ending September and December 2019. That is a gap, not a fall: sums say
38 of 39 areas.

City of London has few residents, so its rate is not given; its counts and residents stay inside London and England.

Rates per resident use the latest mid-year estimate not after the middle of the period and at most two years older.
Populations are rounded to 100, and a region’s is the sum of its areas’.

Periods that areas report are a month, a quarter, a calendar year, a financial year or twelve rolling months. Change is
never calculated between periods that overlap.
""".strip().split("\n\n")
