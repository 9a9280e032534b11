"""Foreign files for the tests, read as the program reads them. All figures are invented."""

from collections.abc import Sequence
from pathlib import Path

from data.catalogue import Catalogue, load
from data.findings import Finding
from data.mapping import Mapping, apply, examine
from data.reading import Sheet, read
from data.templates import HEADINGS

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "foreign"
CATALOGUE = load()
CLEVELAND, DURHAM, NORFOLK = "E23000013", "E23000008", "E23000024"
ENGLAND, NORTH_EAST = "E92000001", "E12000001"
Line = dict[str, str]


def sheet(text: str) -> Sheet:
    """The sheet of a CSV text."""
    return read(text.encode(), HEADINGS)[0]


def fixture(name: str) -> Sheet:
    """The sheet of a file in tests/fixtures/foreign."""
    return read((FIXTURES / f"{name}.csv").read_bytes(), HEADINGS)[0]


def propose(source: Sheet, catalogue: Catalogue) -> Mapping | None:
    """How a file is thought to be read; None when it is ours, refused, or holds no figures by area."""
    found = examine(source, catalogue)
    return found if isinstance(found, Mapping) else None


def refusal(source: Sheet, catalogue: Catalogue) -> Finding | None:
    """Why a table of figures cannot be read; None when it can, or holds no figures by area."""
    found = examine(source, catalogue)
    return found if isinstance(found, Finding) else None


def proposed(source: Sheet | str) -> Mapping:
    """The mapping that is proposed, which must be there."""
    found = propose(sheet(source) if isinstance(source, str) else source, CATALOGUE)
    assert found is not None
    return found


def lines(mapped: Sheet) -> list[Line]:
    """The lines of a mapped sheet as texts by template column."""
    columns = [mapped.table.column(f"c{place}").to_pylist() for place in range(len(mapped.headings))]
    return [dict(zip(mapped.headings, cells, strict=True)) for cells in zip(*columns, strict=True)]


def picked(mapped: Sheet, *names: str) -> list[tuple[str, ...]]:
    """Some columns of a mapped sheet, line after line."""
    return [tuple(line[name] for name in names) for line in lines(mapped)]


def mapped(source: Sheet | str, mapping: Mapping | None = None, areas: Sequence[str] | None = None) -> Sheet:
    """The sheet made into lines of the template, as proposed or as given."""
    read_in = sheet(source) if isinstance(source, str) else source
    return apply(read_in, mapping or proposed(read_in), CATALOGUE, areas)[0]
