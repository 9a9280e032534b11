"""Who is asking, and what that person may do. Every write and every restricted read takes an `Actor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.errors import UserError

Role = Literal["viewer", "contributor", "evaluator", "steering", "administrator"]


@dataclass(frozen=True)
class Actor:
    """A person with a role; `areas` are the codes that a contributor reports for."""

    name: str
    role: Role
    areas: frozenset[str] = frozenset()

    @property
    def sees_every_area(self) -> bool:
        """Whether insights kept to their own area are shown to this person."""
        return self.role == "administrator"

    @property
    def sees_steering(self) -> bool:
        """Whether insights kept to steering groups are shown to this person."""
        return self.role in ("administrator", "steering", "evaluator")

    @property
    def sees(self) -> tuple[str, ...]:
        """What tells apart those who see different insights: for keys of what is kept between script runs."""
        return (self.role, *sorted(self.areas))

    def may_submit_for(self, area_code: str) -> bool:
        """Whether this person may report for an area."""
        return self.role == "administrator" or (self.role == "contributor" and area_code in self.areas)

    def may_review(self) -> bool:
        """Whether this person may hold reviews and record what the group concludes."""
        return self.role in ("administrator", "steering")

    def may_write_for(self, area_code: str) -> bool:
        """Whether this person may write about an area: what it changed, tried, or answers to a review."""
        return self.may_review() or self.may_submit_for(area_code)

    def must(self, allowed: bool, deed: str) -> None:
        """Raise `UserError` unless it is allowed; `deed` completes "may not", as in "open a review"."""
        if not allowed:
            raise UserError(f"{self.name} may not {deed}. Nothing was changed.")

    def must_submit_for(self, area_codes: set[str]) -> None:
        """Raise `UserError` unless this person may report for every one of the areas."""
        refused = sorted(code for code in area_codes if not self.may_submit_for(code))
        if refused:
            raise UserError(f"{self.name} may not report for {', '.join(refused)}. Nothing was stored.")


LOCAL_ADMINISTRATOR = Actor("Local administrator", "administrator")
