"""The package of a data version, put together once and kept while nothing happens in the store that may change it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from data.actor import Actor
from data.publication import must_take_away
from data.queries import audit_lines
from data.store import Connection
from data.workspace import Workspace
from reports.package import Package, collect

MOST = 3
"""As many are kept: one takes tens of megabytes where there is much data."""


@dataclass
class Kept:
    """The packages asked for last, each with what the store was like when it was put together."""

    packages: OrderedDict[tuple[int, int], Package] = field(default_factory=OrderedDict)
    one_at_a_time: Lock = field(default_factory=Lock)

    def package(self, workspace: Workspace, connection: Connection, actor: Actor, version: int) -> Package:
        """The package of a version; raises as `collect` does. Who asks is checked each time.

        An erasure, or a late check of what is public, leaves a line in the audit trail whichever process made it, so a
        package made before is never given after.
        """
        must_take_away(actor)
        with self.one_at_a_time:  # ten who ask at once wait for one package, rather than make ten
            key = (version, audit_lines(connection))
            found = self.packages.get(key)
            if found is None:
                found = collect(connection, actor, workspace.catalogue, version, workspace.kind)
                self._keep(key, found)
            self.packages.move_to_end(key)
            return found

    def _keep(self, key: tuple[int, int], found: Package) -> None:
        for old in [old for old in self.packages if old[1] != key[1]]:
            del self.packages[old]
        self.packages[key] = found
        while len(self.packages) > MOST:
            self.packages.popitem(last=False)
