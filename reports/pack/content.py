"""What a pack holds, put together once from the store; the three writers make files of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from data.actor import Actor
from data.catalogue import Catalogue
from data.store import Connection
from reports.pack.commitments import commitment
from reports.pack.gathering import Facts, asked_for, gather
from reports.pack.methods import methods
from reports.pack.model import Audience, Block, Pack, plain, tidied
from reports.pack.overview import attention, decisions, front, kept, overview, waiting


def content(
    connection: Connection,
    actor: Actor,
    catalogue: Catalogue,
    scope: str,
    version: int,
    as_of: date | None = None,
    review: UUID | None = None,
    audience: Audience = "steering",
) -> Pack:
    """The pack of a place at a data version, as those may see it for whom it is.

    `scope` is the code of England, a region or an area; `as_of` is that of the version unless another is given; with a
    `review` its judgements, replies and agenda, otherwise those of the newest closed one. The voices are those that a
    steering group, or the public, sees on the pages. `UserError` where there is no such place, version or review, or
    the person who asks may not make it.
    """
    asked = asked_for(connection, actor, catalogue, scope, version, as_of, review, audience)
    facts = gather(connection, catalogue, asked)
    kind = "Review pack" if audience == "steering" else "Public review pack"
    title = f"{kind}: {facts.where}, data version {version}"
    blocks = tidied(tuple(blocks_of(facts)))
    return Pack(plain(title), scope, version, asked.as_of, asked.made_at, audience, blocks)


def blocks_of(facts: Facts) -> list[Block]:
    """Every part of a pack, in order."""
    each = [block for one in facts.catalogue.commitments.values() for block in commitment(facts, one)]
    first = [*front(facts), *overview(facts), *attention(facts), *waiting(facts), *decisions(facts), *kept(facts)]
    return [*first, *each, *methods(facts)]
