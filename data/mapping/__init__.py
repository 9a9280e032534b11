"""Files that are not our template but hold figures that could be: recognised, shown, and made into the template."""

from __future__ import annotations

from data.catalogue import Catalogue
from data.findings import Finding
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
    from_dict,
    missing,
    series,
    without,
)
from data.mapping.proposing import examine
from data.reading import Sheet

__all__ = [
    "KINDS", "PERIOD_USES", "Column", "Figure", "LeftOut", "Mapping",
    "apply", "chosen", "describe", "examine", "from_dict", "missing", "propose", "refusal", "series", "without",
]  # fmt: skip


def propose(sheet: Sheet, catalogue: Catalogue) -> Mapping | None:
    """How a file with a layout of its own is thought to be read, to be confirmed by the person who sent it.

    None for our templates' headings, for what holds no figures by area, and for what `refusal` refuses.
    """
    found = examine(sheet, catalogue)
    return found if isinstance(found, Mapping) else None


def refusal(sheet: Sheet, catalogue: Catalogue) -> Finding | None:
    """The must-fix finding that says why a table of figures cannot be read; None when it can, or holds no figures."""
    found = examine(sheet, catalogue)
    return found if isinstance(found, Finding) else None
