"""Whether somebody is another person than the one who sent something: what a second pair of eyes asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.errors import NotAllowed

ALONE = (
    "Nobody is signed in on this machine, so there is no second person: what waits stays waiting until people sign in "
    "or the setting is switched off."
)


def is_person(actor: Actor) -> bool:
    """Whether a person acts, and no token: people are known by their e-mail address, or are at this machine."""
    return bool(actor.email) or actor == LOCAL_ADMINISTRATOR


def may_be_sender(actor: Actor, sent: Mapping[str, Any]) -> bool:
    """Whether the actor could be who sent it: the same e-mail address, or the same name.

    `sent` has sent_by and sent_email. Two people of one name count as one: rather one person too few than one too many.
    """
    return bool(_known(actor.name, actor.email) & _known(sent["sent_by"], sent["sent_email"]))


def is_sender(actor: Actor, sent: Mapping[str, Any]) -> bool:
    """Whether the actor is who sent it, by the e-mail address; by the name only where there is no address."""
    if actor.email or sent["sent_email"]:
        return bool(_known(actor.email) & _known(sent["sent_email"]))
    return is_person(actor) and may_be_sender(actor, sent)


def must_be_another(actor: Actor, sent: Mapping[str, Any], deed: str) -> None:
    """Raise `NotAllowed` unless the actor is a person, and another one than who sent it; `deed` as for `Actor.must`."""
    if not is_person(actor):
        raise NotAllowed(f"{actor.name} may not {deed}: that takes a person. Nothing was changed.")
    if may_be_sender(actor, sent):
        raise NotAllowed(
            f"{actor.name} may not {deed}, because {sent['sent_by']} sent it, which is the same name or address: that "
            "takes another person. Nothing was changed."
        )


def _known(*names: str | None) -> set[str]:
    return {name.strip().casefold() for name in names if name and name.strip()}
