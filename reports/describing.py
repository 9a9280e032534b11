"""What a package says of itself: a Frictionless data package, a README in plain words, and how to cite it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

from charts.words import NOT_CAUSE, day, listed, plural
from data import PROGRAM_VERSION
from data.publication import FEWEST
from metrics.disclosure import threshold_of
from reports.catalogue_tables import TABLES
from reports.package import Package
from reports.tables import Field, Link, Table

TITLE = "Health and Policing Consensus tracker"
OGL = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0: figures published by the Office for National Statistics",
}
INVENTED = {
    "name": "MIT",
    "path": "https://opensource.org/license/mit",
    "title": "Invented rows (column invented is true) are part of the program and under its licence; they say nothing "
    "of any real place, service or person",
}
REPORTED = {
    "name": "ask-the-sender",
    "title": "Figures and insights that areas reported (column origin is reported): ask the organisation that runs "
    "this workspace before you publish them",
}
ONS = "Office for National Statistics"
CONTAINS = "Contains public sector information licensed under the Open Government Licence v3.0."
RULED = (
    "Small numbers are hidden where an indicator’s rule asks for it (the column disclosure of the indicators): {} are "
    "left out, others are rounded to 5, and a second figure is left out where the first could be worked out."
)
UNRULED = "No indicator in it has a rule for small numbers, so none is hidden or rounded."
HEARD = (
    f"What people told us is in it where it is public; with fewer than {FEWEST} people, or where nobody said how many, "
    "their words and their number are left out."
)
CHECKED = (
    "Public is what its sender marked so and a second person agreed to. Such a check can be taken back later, so take "
    "the newest package before you publish from it."
)
README = Path(__file__).with_name("readme.txt")


def about(package: Package) -> str:
    """What the package is of, in two sentences."""
    invented = (
        " It is of a demonstration workspace: process measures, insights, targets and reviews are invented."
        if package.demonstration
        else ""
    )
    return f"Data version {package.version}, as of {day(package.as_of)}, of the {TITLE}.{invented}"


def protected(package: Package) -> str:
    """Which small numbers are left out, by the rules of the package's own indicators."""
    rules = sorted(package.frames["indicators"]["disclosure"].dropna().unique(), key=threshold_of)
    hidden = [f"from 1 to {threshold_of(rule):.0f} ({rule})" for rule in rules if threshold_of(rule)]
    return RULED.format(f"counts {listed(hidden, len(hidden))}") if hidden else UNRULED


def workspace(package: Package) -> str:
    """What kind of workspace the package is of, in a few words, to stand in every row and file."""
    return "demonstration: process measures, insights and targets are invented" if package.demonstration else "real use"


def address(package: Package) -> str:
    """Where in the dashboard the package was made, and can be made again."""
    return f"data?version={package.version}"


def citation(package: Package) -> str:
    """How to cite the package."""
    return (
        f"{TITLE}, data version {package.version}, as of {day(package.as_of)}, made with program version "
        f"{PROGRAM_VERSION} from the address {address(package)}."
    )


def sources(package: Package) -> list[str]:
    """Every source that the figures were taken from, with how many editions; those of the populations, too."""
    taken = package.frames["observations"][["source", "edition"]].drop_duplicates()
    editions = taken.groupby("source").size()
    people = package.frames["populations"]["source"].str.split(";").str[0].drop_duplicates().sort_values()
    facts = [f"{source} ({plural(int(count), 'edition')})" for source, count in editions.items()]
    return [*facts, *(f"Populations: {source}" for source in people)]


def licences(package: Package) -> list[dict[str, str]]:
    """The licences that apply to what the package holds."""
    facts, heard, targets = (package.frames[name] for name in ("observations", "insights", "targets"))
    invented = any(frame["invented"].any() for frame in (facts, heard, targets))
    sent = (facts["origin"].eq("reported") & ~facts["invented"]).any() or (~heard["invented"]).any()
    return [OGL, *([INVENTED] if invented else []), *([REPORTED] if sent else [])]


def readme(package: Package) -> str:
    """The words that travel with the files."""
    title = f"{TITLE}: data version {package.version}"
    tables = [
        f"- {table.name}: {plural(len(package.frames[table.name]), 'row')}. {table.description}." for table in TABLES
    ]
    words = README.read_text(encoding="utf-8").format(
        title=title,
        line="=" * len(title),
        about=about(package),
        tables="\n".join(tables),
        protected=protected(package),
        heard=f"{HEARD} {CHECKED}",
        not_cause=NOT_CAUSE,
        sources="\n".join(f"- {source}" for source in sources(package)),
        licences="\n".join(f"- {item['title']}. {item.get('path', '')}".rstrip() for item in licences(package)),
        citation=citation(package),
    )
    return "\n".join(map(_wrapped, words.split("\n")))


def _wrapped(line: str) -> str:
    return fill(line, 120, subsequent_indent="  " if line.startswith("- ") else "", break_long_words=False)


def descriptor(package: Package, measures: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    """The package as a Frictionless data package (specification 1.0); `measures` are size and SHA-256 of each file."""
    return {
        "profile": "tabular-data-package",
        "name": "health-and-policing-consensus",
        "title": f"{TITLE}: data version {package.version}",
        "description": f"{about(package)} {protected(package)} {HEARD} {CHECKED} {NOT_CAUSE}",
        "version": str(package.version),
        "as_of": package.as_of.isoformat(),
        "created": f"{package.made_on.isoformat()}T00:00:00Z",
        "created_from": address(package),
        "made_with": f"program version {PROGRAM_VERSION}",
        "workspace": workspace(package),
        "citation": citation(package),
        "licenses": licences(package),
        "sources": [{"title": source} for source in sources(package)],
        "resources": [_resource(table, measures[f"data/{table.name}.csv"], package) for table in TABLES],
    }


def as_json(described: dict[str, Any]) -> bytes:
    """A descriptor as JSON that people can read."""
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table, measure: tuple[int, str], package: Package) -> dict[str, Any]:
    size, digest = measure
    return {
        "name": table.name,
        "title": table.title,
        "description": f"{table.description}.",
        "type": "table",
        "profile": "tabular-data-resource",
        "path": f"data/{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "rows": len(package.frames[table.name]),
        "same_as_parquet": f"parquet/{table.name}.parquet",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    keys: dict[str, Any] = {"primaryKey": list(table.key)} if table.key else {}
    links = {"foreignKeys": [_link(link) for link in table.links]} if table.links else {}
    return {"fields": [_field(field) for field in table.fields], "missingValues": [""], **keys, **links}


def _field(field: Field) -> dict[str, Any]:
    unit = {"unit": field.unit} if field.unit else {}
    limits: dict[str, Any] = {"required": True} if field.required else {}
    limits |= {"enum": list(field.choices)} if field.choices else {}
    constraints = {"constraints": limits} if limits else {}
    return {"name": field.name, "type": field.type, "description": field.description, **unit, **constraints}


def _link(link: Link) -> dict[str, Any]:
    return {"fields": list(link.fields), "reference": {"resource": link.table, "fields": list(link.of)}}
