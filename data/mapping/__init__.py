"""Files that are not our template but hold figures that could be: recognised, shown, and made into the template."""

from __future__ import annotations

from data.mapping.applying import apply
from data.mapping.describing import describe
from data.mapping.model import (
    KINDS,
    PERIOD_USES,
    Column,
    Figure,
    LeftOut,
    Mapping,
    chosen,
    missing,
    series,
    without,
)
from data.mapping.proposing import examine

__all__ = [
    "KINDS", "PERIOD_USES", "Column", "Figure", "LeftOut", "Mapping",
    "apply", "chosen", "describe", "examine", "missing", "series", "without",
]  # fmt: skip
