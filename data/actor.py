"""Who is asking, and what that person may do. Every write and every restricted read takes an `Actor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from data.errors import NotAllowed

Role = Literal["viewer", "contributor", "evaluator", "steering", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
ENGLAND = "E92000001"
"""The scope of what holds for every area, such as a shared measure: that of the national steering group."""


@dataclass(frozen=True)
class Actor:
    """A person with a role. `areas` are the codes that a contributor reports for; of a steering member, every code
    inside the group's scope, the scope itself included. `email` is empty where nobody signed in."""

    name: str
    role: Role
    areas: frozenset[str] = frozenset()
    email: str = ""

    @property
    def sees_every_area(self) -> bool:
        """Whether insights kept to their own area are shown to this person."""
        return self.role == "administrator"

    @property
    def sees_steering(self) -> bool:
        """Whether insights kept to steering groups are shown to this person, of every area."""
        return self.role in ("administrator", "evaluator")

    @property
    def reads(self) -> dict[str, Any]:
        """What a query has to know to leave out what this person may not see.

        `sees_every_area` and `sees_steering` as above, `own_areas` (reported for) and `scope` (of a steering group).
        """
        own, scope = (sorted(self.areas) if self.role == role else [] for role in ("contributor", "steering"))
        everywhere = {"sees_every_area": self.sees_every_area, "sees_steering": self.sees_steering}
        return everywhere | {"own_areas": own, "scope": scope}

    @property
    def sees(self) -> tuple[str, ...]:
        """What tells apart those who see different insights: for keys of what is kept between script runs."""
        return (self.role, *sorted(self.areas))

    def sees_steering_of(self, area_code: str) -> bool:
        """Whether what is kept to the steering groups of an area, a region or England is shown to this person."""
        return self.sees_steering or self._in_scope(area_code)

    def may_submit_for(self, area_code: str) -> bool:
        """Whether this person may report for an area."""
        return self.role == "administrator" or (self.role == "contributor" and area_code in self.areas)

    def may_review(self, area_code: str) -> bool:
        """Whether this person may hold reviews of this scope and record what the group concludes."""
        return self.role == "administrator" or self._in_scope(area_code)

    def may_write_for(self, area_code: str) -> bool:
        """Whether this person may write about an area: what it changed, tried, or answers to a review."""
        return self.may_review(area_code) or self.may_submit_for(area_code)

    def must(self, allowed: bool, deed: str) -> None:
        """Raise `NotAllowed` unless it is allowed; `deed` completes "may not", as in "open a review"."""
        if not allowed:
            raise NotAllowed(f"{self.name} may not {deed}. Nothing was changed.")

    def must_administer(self, deed: str) -> None:
        """Raise `NotAllowed` unless this person is an administrator; `deed` as for `must`."""
        self.must(self.role == "administrator", deed)

    def must_submit_for(self, area_codes: set[str]) -> None:
        """Raise `NotAllowed` unless this person may report for every one of the areas."""
        refused = sorted(code for code in area_codes if not self.may_submit_for(code))
        if refused:
            raise NotAllowed(f"{self.name} may not report for {', '.join(refused)}. Nothing was stored.")

    def _in_scope(self, area_code: str) -> bool:
        return self.role == "steering" and area_code in self.areas


LOCAL_ADMINISTRATOR = Actor("Local administrator", "administrator")
