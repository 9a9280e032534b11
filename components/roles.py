"""Which role sees which page, and what each role may do: worked out by the checks that the data layer itself makes."""

from __future__ import annotations

from collections.abc import Callable

from data.actor import ENGLAND, ROLES, Actor, Role
from data.publication import TAKES_ALL_AWAY
from data.rebases import may_rebase
from data.trail import READERS, may_read

ROLE_WORDS: dict[Role, str] = {
    "viewer": "Viewer",
    "contributor": "Contributor of an area",
    "evaluator": "Evaluator",
    "steering": "Member of a steering group",
    "administrator": "Administrator",
}
ONLY_FOR: dict[str, tuple[Role, ...]] = {
    "upload": ("contributor", "steering", "administrator"),
    "data": tuple(role for role in ROLES if role in TAKES_ALL_AWAY),
    "people": ("administrator",),
    "audit": READERS,
}
"""The roles that see a page; a page that is not named here is for every role."""
OWN, OTHER = "own", "other"
Check = Callable[[Actor, str], bool]


def may_open(role: Role, page: str) -> bool:
    """Whether a page is in the menu of a role."""
    return role in ONLY_FOR.get(page, ROLES)


def _reads_of_areas(actor: Actor, area: str) -> bool:
    return bool(actor.reads["sees_every_area"] or area in actor.reads["own_areas"])


def _reads_of_groups(actor: Actor, area: str) -> bool:
    return actor.sees_steering_of(area) or _reads_of_areas(actor, area)


DEEDS: dict[str, Check] = {
    "Read figures, public insights, practice and what closed reviews concluded": lambda actor, area: True,
    "Read insights kept to their area": _reads_of_areas,
    "Read insights kept to steering groups": _reads_of_groups,
    "Read dissent": lambda actor, area: actor.sees_steering_of(area),
    "Take all data of a version away": lambda actor, area: actor.role in TAKES_ALL_AWAY,
    "Upload, correct and withdraw files": lambda actor, area: actor.may_submit_for(area),
    "Approve files that others sent": lambda actor, area: actor.may_submit_for(area),
    "Check what others mark as public": lambda actor, area: actor.may_write_for(area),
    "Reply to reviews, tell of practice, adaptations, targets and the seven tests": lambda actor, area: (
        actor.may_write_for(area)
    ),
    "Have a control chart start anew": may_rebase,
    "Open, judge, decide at and close reviews": lambda actor, area: actor.may_review(area),
    "Read the audit trail": lambda actor, area: may_read(actor),
    "Give roles, make tokens and backups, erase texts": lambda actor, area: actor.role == "administrator",
}
NATIONAL = "Agree an indicator as a shared measure, set targets for every area"


def allowed(role: Role) -> dict[str, str]:
    """What a role may do, in words for each deed: `everywhere`, where it is given for, or `no`."""
    words = {deed: _where(role, check) for deed, check in DEEDS.items()}
    return words | {NATIONAL: _nationally(role)}


def _where(role: Role, check: Check) -> str:
    actor = Actor("", role, frozenset({OWN}))
    if check(actor, OTHER):
        return "everywhere"
    return ("in its scope" if role == "steering" else "for own areas") if check(actor, OWN) else "no"


def _nationally(role: Role) -> str:
    if Actor("", role).may_review(ENGLAND):
        return "yes"
    return "the national group" if Actor("", role, frozenset({ENGLAND})).may_review(ENGLAND) else "no"
