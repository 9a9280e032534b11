"""The methods: a frame in, the same frame with fixed columns added.

Conventions of every function in this package

- The input is never changed; the index is kept, also where it holds duplicates; rows keep their order.
- Values, averages and limits are in the multiplier's unit: 100 gives per cent, 100,000 a rate per 100,000.
- What cannot be calculated is missing, and the column ``reason`` says why in plain words. ``reason`` is missing
  (``isna()``) on every other row, never an empty string. It speaks of the columns that the same call added.
- ``polarity`` has three values: ``higher_is_better``, ``lower_is_better``, ``no_judgement``. There is no default.
- A frame that cannot be used at all (a column is missing, holds text, or an argument breaks its rule) raises
  ``metrics.errors.MetricError``, whose message names the column and the rule.
- No function reads a file or a clock.
"""
