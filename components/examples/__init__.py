"""The methods in plain words, each with an example that the program computes while the page is shown."""

from dataclasses import replace
from functools import cache

from components import html
from components.examples.comparing import COMPARING
from components.examples.evidence import EVIDENCE
from components.examples.example import Example
from components.examples.limits import LIMITS
from components.examples.over_time import OVER_TIME

__all__ = ["COLUMNS", "EXAMPLES", "Example"]

COLUMNS = [html.Column("Worked example with invented numbers"), html.Column("What it says")]
# In reading order: how sure is a figure, has it moved, how does it compare, and what may be said of it. The numbers
# never change, so each example is computed when it is first shown, and kept.
EXAMPLES = tuple(
    replace(example, compute=cache(example.compute)) for example in (*LIMITS, *OVER_TIME, *COMPARING, *EVIDENCE)
)
