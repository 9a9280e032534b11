"""The demonstration workspace: published figures and invented rows, brought in by the same way as any upload."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pandas as pd

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.demonstration.adapting import load_adaptations
from data.demonstration.checking import load_public_checks
from data.demonstration.practising import load_practice_entries
from data.demonstration.ruling import load_rulings
from data.errors import UserError
from data.findings import count
from data.reviews import keep
from data.submission import Provenance, confirm, prepare
from data.versions import Moment, audit, raise_version

FOLDER = Path(__file__).parent
KEPT = ("picture", "agenda")
DEMONSTRATION = Actor("Demonstration", "administrator")


def first_day() -> date:
    """The day the first file of the demonstration was published; its catalogue dates from then."""
    day: date = _manifest()["files"][0]["published_on"]
    return day


def load_demonstration(connection: store.Connection, catalogue: Catalogue) -> None:
    """Load every file of the manifest that the store does not hold yet, then the targets, the review and its actions,
    the adaptations, what areas tell of their practice, their rulings on the tests of the evaluation commitment, and the
    second person's check of what is public.

    Each step is one transaction, so that an interrupted load goes on where it stopped.
    """
    manifest = _manifest()
    held = {line["file_name"] for line in store.rows(connection, "demonstration/demonstration_files")}
    for entry in manifest["files"]:
        if entry["file"] not in held:
            _load_file(connection, catalogue, entry)
    if not store.rows(connection, "demonstration/any_review"):
        _load_review(connection, manifest["as_of"])
    if not store.rows(connection, "demonstration/any_adaptation"):
        review = store.rows(connection, "demonstration/any_review")[0]["id"]
        load_adaptations(connection, review, DEMONSTRATION, _moment(manifest["as_of"]))
    if not store.rows(connection, "demonstration/any_practice"):
        load_practice_entries(connection, DEMONSTRATION, _moment(manifest["as_of"]))
    load_rulings(connection, catalogue, DEMONSTRATION, _moment(manifest["as_of"]))
    load_public_checks(connection, DEMONSTRATION, _moment(manifest["as_of"]))


def _manifest() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))


def _moment(day: date) -> Moment:
    return Moment(datetime.combine(day, time(9)), day)


def _load_file(connection: store.Connection, catalogue: Catalogue, entry: dict[str, Any]) -> None:
    content = (FOLDER / entry["file"]).read_bytes()
    prepared = prepare(connection, DEMONSTRATION, catalogue, content, entry["file"], template=entry["template"])
    if count(prepared.screening.findings, "must_fix"):
        first = prepared.screening.findings[0]
        raise UserError(f"The demonstration file {entry['file']} has a fault in row {first.row}: {first.message}.")
    provenance = Provenance(entry["origin"], entry["source"], entry["edition"], entry["invented"])
    moment = _moment(entry.get("published_on") or entry["sent_on"])
    confirm(DEMONSTRATION, prepared, moment, provenance)


def _load_review(connection: store.Connection, as_of: date) -> None:
    """Targets raise the data version; a review, its judgements and its actions have a history of their own."""
    text = tomllib.loads((FOLDER / "review.toml").read_text(encoding="utf-8"))
    review = text["review"]
    review_id = uuid5(NAMESPACE_URL, review["title"])
    pinned = store.rows(connection, "demonstration/version_on", day=review["held_on"])[0]
    with store.transaction(connection):
        version = raise_version(connection, DEMONSTRATION, _moment(as_of), "Targets of the demonstration")
        for target in text["targets"]:
            store.run(connection, "demonstration/insert_target", version=version, **_target(target))
        store.run(
            connection,
            "demonstration/insert_review",
            id=review_id,
            area_code=review["area_code"],
            title=review["title"],
            held_on=review["held_on"],
            **pinned,
        )
        written = {"review": review_id, "held_on": review["held_on"], "version": pinned["version"]}
        for judgement in text["judgements"]:
            store.run(connection, "demonstration/insert_judgement", **written, **_judgement(judgement))
        for number, action in enumerate(text["actions"]):
            identifier = uuid5(review_id, str(number))
            store.run(connection, "demonstration/insert_action", id=identifier, **written, **_action(action))
        _keep_what_it_showed(connection, review_id)
        audit(connection, DEMONSTRATION, _moment(as_of), "review recorded", str(review_id), (version - 1, version))


def _keep_what_it_showed(connection: store.Connection, review_id: UUID) -> None:
    """The picture and the agenda of the review, as the pages make them at its version."""
    picture, agenda = (pd.read_csv(FOLDER / f"review_{name}.csv", keep_default_na=False) for name in KEPT)
    keep(connection, review_id, picture.assign(silent_side=picture["silent_side"].replace("", None)), agenda)


def _target(target: dict[str, Any]) -> dict[str, Any]:
    area = target["area_code"]
    return {
        "indicator": target["indicator"],
        "area_code": None if area == "all" else area,
        "value": target["value"],
        "due": target["date"],
        "agreed_by": target["agreed_by"],
        "reason": target["reason"],
    }


def _judgement(judgement: dict[str, Any]) -> dict[str, Any]:
    return {name: judgement.get(name) for name in ("commitment", "grade", "reason", "confidence", "dissent")}


def _action(action: dict[str, Any]) -> dict[str, Any]:
    names = ("commitment", "area_code", "description", "owner", "due", "state", "evidence", "outcome")
    return {name: action.get(name) for name in names}
