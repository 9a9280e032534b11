"""The catalogue: commitments, organisations, tags, areas, populations and indicators, kept as reviewed files.

The files stand in `data/`. They are read strictly: the first thing that is wrong stops the program and names the file,
the key and the fix, because a definition that is half right puts wrong figures on every page.
"""

from __future__ import annotations

from pathlib import Path

from data.catalogue import records, references
from data.catalogue.files import digest, read_files
from data.catalogue.model import (
    AREA_TYPES,
    DISCLOSURES,
    FREQUENCIES,
    MEASURES,
    PERIOD_TYPES,
    POLARITIES,
    RESIDENT_POPULATION,
    STATUSES,
    Area,
    Catalogue,
    Commitment,
    Forerunner,
    Indicator,
    Organisation,
    Topic,
)

__all__ = [
    "AREA_TYPES", "DISCLOSURES", "FOLDER", "FREQUENCIES", "MEASURES", "PERIOD_TYPES", "POLARITIES",
    "RESIDENT_POPULATION", "STATUSES",
    "Area", "Catalogue", "Commitment", "Forerunner", "Indicator", "Organisation", "Topic", "load",
]  # fmt: skip

FOLDER = Path(__file__).parent.parent


def load(folder: Path = FOLDER) -> Catalogue:
    """Read the catalogue files in `folder`, `data/` unless told otherwise.

    Raises UserError, in one sentence that names the file, the key and the fix, at the first thing that is wrong.
    """
    files = read_files(folder)
    commitments, forerunners = records.commitments(files)
    topics, themes = records.tags(files)
    return references.check(
        Catalogue(
            commitments=commitments,
            forerunners=forerunners,
            organisations=records.organisations(files),
            topics=topics,
            themes=themes,
            areas=records.areas(files),
            populations=records.populations(files),
            indicators=records.indicators(files),
            digest=digest(files),
        )
    )
