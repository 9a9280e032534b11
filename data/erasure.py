"""Erasing a text, or the bytes of a file, in every data version: the one exception to “nothing is deleted”.

A text is erased wherever exactly it stands, in every version and file and in what people wrote on pages with its whole
history (`sql/erasure/stored_texts.sql` names the columns), and a tombstone takes its place. The file
that held it is erased as well, because a file cannot be half kept. What was erased is remembered by a salted digest, so
that a restored backup can be rid of it too. No new data version begins: what every version shows has changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pandas as pd

from data import copies, store, tombstones
from data.actor import Actor
from data.errors import UserError
from data.history import submission
from data.originals import holds, unpacked
from data.periods import day
from data.texts import checked_reason
from data.tombstones import Act, Entry
from data.versions import Moment, audit, current_version

TEXTS_SHOWN = 200
READ_AT_ONCE = 50_000_000
"""Bytes of files that are held in memory while a text is looked for."""
OWN_FILES = "Demonstration"
FILE = "file"


@dataclass(frozen=True)
class Reach:
    """What erasing touches: stored cells, counting every version, and the names of the files whose bytes go.

    `longer` counts other texts that hold the text among more words, which stay. `kinds` has the stored cells by the
    table of what people wrote on pages, and under `FILE` those that came in files.
    """

    cells: int
    files: tuple[str, ...]
    longer: int = 0
    kinds: tuple[tuple[str, int], ...] = ()


def texts(connection: store.Connection, actor: Actor, submission_id: UUID | str, containing: str = "") -> pd.DataFrame:
    """The first texts of a submission that can be erased: row, area_code, column_name, text."""
    _must_administer(actor)
    store.run(connection, "erasure/stored_texts")
    found = submission(connection, submission_id)
    return store.frame(
        connection, "erasure/texts", submission=found["id"], containing=containing.strip(), most=TEXTS_SHOWN
    )


def texts_with(connection: store.Connection, actor: Actor, words: str) -> list[str]:
    """The first stored texts with these words, in a file or not; one that is nothing else comes first. None for blank.

    How the words are spaced does not count, as a page shows line breaks as spaces.
    """
    _must_administer(actor)
    if not words.strip():
        return []
    store.run(connection, "erasure/stored_texts")
    asked = {"words": words, "tombstones": tombstones.BEGINS, "most": TEXTS_SHOWN}
    return [line["text"] for line in store.rows(connection, "erasure/texts_with", **asked)]


def reach_of_text(
    connection: store.Connection, actor: Actor, submission_id: UUID | str, row: int, column: str
) -> Reach:
    """What erasing one text would touch; changes nothing. Raises `UserError` as `erase_text` does."""
    _must_administer(actor)
    return reach(connection, actor, _text(connection, submission(connection, submission_id)["id"], row, column))


def reach(connection: store.Connection, actor: Actor, text: str) -> Reach:
    """What erasing a text would touch, wherever it stands; changes nothing. Raises `UserError` as `erase` does."""
    _must_administer(actor)
    places = _places(connection, text)
    files = _files(connection, places, text)
    return _reach(places, files, store.rows(connection, "erasure/longer_texts", text=text)[0]["texts"])


def erase_text(
    connection: store.Connection,
    actor: Actor,
    submission_id: UUID | str,
    row: int,
    column: str,
    reason: str,
    moment: Moment,
) -> Reach:
    """Erase the text in a column of a submission's row wherever exactly it stands, and the files that hold it.

    Raises `UserError` unless the actor is an administrator, there is such a text, it is not erased yet, and there is a
    reason that does not repeat it.
    """
    _must_administer(actor)
    text = _text(connection, submission(connection, submission_id)["id"], row, column)
    return erase(connection, actor, text, reason, moment)


@store.retrying
def erase(connection: store.Connection, actor: Actor, text: str, reason: str, moment: Moment) -> Reach:
    """Erase a text wherever exactly it stands, in files and in what people wrote on pages, and the files that hold it.

    Raises `UserError` unless the actor is an administrator, the text stands somewhere, and there is a reason that does
    not repeat it.
    """
    _must_administer(actor)
    reason = checked_reason(reason, shortest=1)
    if text.casefold() in reason.casefold():
        raise UserError("The reason repeats what is erased, and it is kept. Write it without. Nothing was changed.")
    with store.transaction(connection):
        act = Act.of(text.encode(), moment.at)
        places = _places(connection, text)
        files = _files(connection, places, text)
        tombstones.replace_text(connection, places, text, act)
        entries = [*map(tombstones.place_entry, places), *tombstones.empty_files(connection, files, act)]
        _record(connection, actor, act, entries, reason, moment, "text erased")
    copies.checkpoint(connection)
    return _reach(places, files)


@store.retrying
def erase_file(
    connection: store.Connection,
    actor: Actor,
    submission_id: UUID | str,
    reason: str,
    moment: Moment,
    *,
    name: bool = False,
) -> Reach:
    """Erase the bytes of a file, of any file with the very same bytes, what was found in it, and if asked its name.

    The facts read from it stay. Raises `UserError` unless the actor is an administrator, there is something left to
    erase, and there is a reason.
    """
    _must_administer(actor)
    reason = checked_reason(reason, shortest=1)
    found = submission(connection, submission_id)
    if name and found["sent_by"] == OWN_FILES:
        raise UserError("The demonstration’s own files come with the program, so their names cannot be erased.")
    erased = {entry["column_name"]: entry["erased_at"] for entry in erasures(connection) if _of(entry, found["id"])}
    if ("file_name" if name else "original") in erased:
        raise UserError(
            f"{'The file’s name' if name else 'The file'} was erased on {day(max(erased.values()))} already."
        )
    with store.transaction(connection):
        act = Act.of(str(found["sha256"]).encode(), moment.at)
        same = [line["id"] for line in store.rows(connection, "erasure/same_files", submission=found["id"])]
        kept = tombstones.kept_files(connection)
        files = {identifier: kept[identifier] for identifier in same if identifier in kept}
        entries = tombstones.empty_files(connection, files, act) + (
            tombstones.forget_name(connection, found["id"], act) if name else []
        )
        _record(connection, actor, act, entries, reason, moment, "file erased")
    copies.checkpoint(connection)
    return Reach(0, tuple(files.values()))


def erasures(connection: store.Connection) -> list[dict[str, Any]]:
    """What was erased, oldest first, one entry for each place; entries of one act share `id`, `salt` and `digest`."""
    return store.rows(connection, "erasure/erasures")


@store.retrying
def apply(connection: store.Connection, actor: Actor, entries: Iterable[Entry], moment: Moment) -> int:
    """Erase again what the entries of other stores list and this one does not; how many acts that were.

    An act that this store has remembered already is left alone: what was sent since, was sent since.
    """
    _must_administer(actor)
    known = {entry["id"] for entry in erasures(connection)}
    acts: dict[UUID, list[Entry]] = {}
    for entry in entries:
        if entry["id"] not in known:
            acts.setdefault(entry["id"], []).append(entry)
    with store.transaction(connection):
        for listed in acts.values():
            _apply(connection, actor, listed, moment)
    return len(acts)


def _apply(connection: store.Connection, actor: Actor, listed: list[Entry], moment: Moment) -> None:
    first = listed[0]
    act = Act(first["id"], first["erased_at"], first["salt"], first["digest"])
    kept = tombstones.kept_files(connection)
    files = {entry["submission"] for entry in listed if entry["column_name"] == "original"} & kept.keys()
    places: list[dict[str, Any]] = []
    store.run(connection, "erasure/stored_texts")
    for held in store.rows(connection, "erasure/text_of_digest", salt=act.salt, digest=act.digest):
        places = tombstones.places(connection, held["text"])
        files |= _files(connection, places, held["text"]).keys()
        tombstones.replace_text(connection, places, held["text"], act)
    emptied = tombstones.empty_files(connection, {one: kept[one] for one in files}, act)
    for entry in listed:
        if entry["column_name"] == "file_name":
            tombstones.forget_name(connection, entry["submission"], act)
    found = {_key(entry): entry for entry in [*map(tombstones.place_entry, places), *emptied, *listed]}
    reason = str(first.get("reason") or "listed as erased when a backup was restored")
    _record(connection, actor, act, list(found.values()), reason, moment, "erased again after a restore")


def _of(entry: Entry, submission_id: UUID) -> bool:
    return bool(entry["submission"] == submission_id and entry["kind"] == "file")


def _key(entry: Entry) -> tuple[Any, ...]:
    return entry["submission"], entry["submission_row"], entry["column_name"]


def _must_administer(actor: Actor) -> None:
    if actor.role != "administrator":
        raise UserError(f"{actor.name} may not erase anything: only an administrator may. Nothing was changed.")


def _places(connection: store.Connection, text: str) -> list[dict[str, Any]]:
    """Where exactly a text stands; raises `UserError` where that is nowhere, or a tombstone."""
    store.run(connection, "erasure/stored_texts")
    places = tombstones.places(connection, text)
    if not places or text.startswith(tombstones.BEGINS):
        raise UserError("No stored text is exactly this, or no longer. Find it again by words in it.")
    return places


def _reach(places: list[dict[str, Any]], files: dict[UUID, str], longer: int = 0) -> Reach:
    kinds: Counter[str] = Counter()
    for place in places:
        in_file = place["submission"] != tombstones.NO_FILE
        kinds[FILE if in_file else place["column_name"].partition(".")[0]] += place["cells"]
    return Reach(kinds.total(), tuple(files.values()), longer, tuple(kinds.items()))


def _text(connection: store.Connection, submission_id: UUID, row: int, column: str) -> str:
    store.run(connection, "erasure/stored_texts")
    place = {"submission": submission_id, "submission_row": row, "column_name": column}
    erased = (store.row(connection, "erasure/erased_at", **place) or {})["erased_at"]
    if erased:
        raise UserError(f"This text was erased on {day(erased.date())} already.")
    found = store.row(connection, "erasure/text_at", **place)
    if found is None:
        raise UserError(f"There is no text in column {column} of row {row}. Choose one from the list.")
    return str(found["text"])


def _files(connection: store.Connection, places: list[dict[str, Any]], text: str) -> dict[UUID, str]:
    """The files that hold a text: those its rows are from, those that repeat them, those with it in any other cell."""
    kept = store.rows(connection, "erasure/kept_files")
    sure = {place["submission"] for place in places}
    for place in places:
        row = {"submission": place["submission"], "submission_row": place["submission_row"]}
        sure |= {line["submission"] for line in store.rows(connection, "erasure/restating_files", **row)}
    for batch in _batches([line for line in kept if line["id"] not in sure]):
        held = store.rows(connection, "erasure/kept_bytes", submissions=batch)
        sure |= {line["id"] for line in held if holds(unpacked(bytes(line["original"])), text)}
    return {line["id"]: line["file_name"] for line in kept if line["id"] in sure}


def _batches(kept: list[dict[str, Any]]) -> Iterator[list[UUID]]:
    """Submissions in lots that are small enough to be read at once."""
    batch: list[UUID] = []
    size = 0
    for line in kept:
        if batch and size + line["size"] > READ_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(line["id"])
        size += line["size"]
    if batch:
        yield batch


def _record(
    connection: store.Connection,
    actor: Actor,
    act: Act,
    entries: Sequence[Entry],
    reason: str,
    moment: Moment,
    deed: str,
) -> None:
    about = {"id": act.id, "salt": act.salt, "digest": act.digest, "erased_at": act.at, "reason": reason}
    names = ("kind", "submission", "submission_row", "column_name")
    for entry in entries:
        by = entry.get("erased_by") or actor.name
        store.run(connection, "erasure/insert_erasure", **about, erased_by=by, **{name: entry[name] for name in names})
    copies.ask_rewrite(connection, moment)
    version = current_version(connection)
    audit(connection, actor, moment, deed, str(act.id), (version, version))
