"""How much may be asked for in a minute, counted in this process; several processes count each for themselves."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from data.settings import Settings
from reports.api.problems import Problem


@dataclass
class Limits:
    """Requests and files for each token, and refused sign-ins for each address, in any minute."""

    requests: RateLimitItemPerMinute
    files: RateLimitItemPerMinute
    refusals: RateLimitItemPerMinute
    counter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that the settings name."""
        each = (settings.api_requests, settings.api_files, settings.api_refusals)
        requests, files, refusals = (RateLimitItemPerMinute(most) for most in each)
        return cls(requests, files, refusals)

    def count(self, kind: str, who: str) -> None:
        """Count one of `requests`, `files` or `refusals`; raises the problem `too-many-requests` above its limit."""
        limit: RateLimitItemPerMinute = getattr(self, kind)
        if not self.counter.hit(limit, kind, who):
            again = self.counter.get_window_stats(limit, kind, who).reset_time - time.time()
            seconds = str(max(1, math.ceil(again)))
            detail = f"At most {limit.amount} {NOUNS[kind]} a minute are taken. Send this again in {seconds} seconds."
            raise Problem("too-many-requests", detail, headers={"Retry-After": seconds})


NOUNS = {
    "requests": "requests of one token",
    "files": "files of one token",
    "refusals": "requests from one address with tokens that are not known",
}
