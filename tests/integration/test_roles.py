"""Every role, and nobody, at every write and every restricted read of data/: allowed or refused as one table says."""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import data
from data import people, store
from data.actor import LOCAL_ADMINISTRATOR, ROLES, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.people import Given
from data.settings import Settings
from data.store import Connection
from data.workspace import open_workspace
from tests.integration.role_cases import CASES, EAST, ENGLAND, INSIDE, LATER, PLACES, Asked, Made, make
from tests.integration.storing import MOMENT, NORFOLK

EVERYWHERE = "own other region england"
# Who is allowed what, and where: in Norfolk (own), Kent (other), the East of England, in which Norfolk lies (region),
# and England. Whoever is not named for a rule, or a place not for whom, is refused.
TABLE = {
    "submit": {"contributor": "own", "administrator": EVERYWHERE},
    "review": {"area group": "own", "regional group": "own region", "national group": EVERYWHERE,
               "administrator": EVERYWHERE},
    "write": {"contributor": "own", "area group": "own", "regional group": "own region", "national group": EVERYWHERE,
              "administrator": EVERYWHERE},
    "rebase": {"contributor": "own", "evaluator": EVERYWHERE, "administrator": EVERYWHERE},
    "national": {"national group": EVERYWHERE, "administrator": EVERYWHERE},
    "area rows": {"contributor": "own", "administrator": EVERYWHERE},
    "steering rows": {"contributor": "own", "evaluator": EVERYWHERE, "area group": "own",
                      "regional group": "own region", "national group": EVERYWHERE, "administrator": EVERYWHERE},
    "dissent": {"evaluator": EVERYWHERE, "area group": "own", "regional group": "own region",
                "national group": EVERYWHERE, "administrator": EVERYWHERE},
    "open review": {"contributor": "own region england", "evaluator": EVERYWHERE, "area group": "own",
                    "regional group": "own region", "national group": EVERYWHERE, "administrator": EVERYWHERE},
    "take away": {"contributor": EVERYWHERE, "evaluator": EVERYWHERE, "area group": EVERYWHERE,
                  "regional group": EVERYWHERE, "national group": EVERYWHERE, "administrator": EVERYWHERE},
    "trail": {"evaluator": EVERYWHERE, "administrator": EVERYWHERE},
    "administer": {"administrator": EVERYWHERE},
    # What only its sender may do, who is none of them.
    "sender": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> tuple[Path, dict[str, Made]]:
    """A closed store with one of everything for each place."""
    path = tmp_path_factory.mktemp("roles") / "consensus.duckdb"
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        return path, make(connection, catalogue)


@pytest.fixture(scope="module")
def actors(catalogue: Catalogue) -> dict[str, Actor]:
    """One of each role, steering groups of three scopes, and nobody. Areas count only for roles that have any."""
    own = frozenset({NORFOLK})
    groups = {"area group": NORFOLK, "regional group": EAST, "national group": ENGLAND}
    given: dict[str, tuple[Any, frozenset[str]]] = {role: (role, own) for role in ROLES if role != "steering"}
    given |= {name: ("steering", catalogue.inside(scope)) for name, scope in groups.items()} | {"nobody": ("", own)}
    return {name: Actor(f"The {name}", *held, f"{name}@invented.example") for name, held in given.items()}


@pytest.fixture
def fresh(filled: tuple[Path, dict[str, Made]], tmp_path: Path) -> Iterator[Connection]:
    """The filled store, for what is refused to leave as it is."""
    with store.connect(str(shutil.copy(filled[0], tmp_path / "refusing.duckdb"))) as connection:
        yield connection


def counts(connection: Connection) -> dict[str, int]:
    names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in names}


def is_allowed(call: object, asked: Asked) -> bool:
    """Whether an attempt is answered; a refusal says that the person may not, and nothing else may go wrong."""
    try:
        return call(asked) is not False  # type: ignore[operator]
    except UserError as refusal:
        assert " may not " in str(refusal) or " may look at " in str(refusal), refusal
        return False


@pytest.mark.parametrize("name", CASES)
def test_each_role_is_allowed_what_the_table_says_and_nothing_else(
    name: str,
    filled: tuple[Path, dict[str, Made]],
    fresh: Connection,
    actors: dict[str, Actor],
    catalogue: Catalogue,
    tmp_path: Path,
) -> None:
    (rule, call), (path, made), before = CASES[name], filled, counts(fresh)
    found: dict[str, str] = {}
    for who, actor in actors.items():
        allowed = TABLE[rule].get(who, "").split()
        for place, code in PLACES.items():
            if place in allowed:
                copy = shutil.copy(path, tmp_path / f"{who} {place}.duckdb")
                with store.connect(str(copy)) as connection:
                    answered = is_allowed(call, Asked(connection, actor, catalogue, code, made[code]))
                Path(copy).unlink()
            else:
                answered = is_allowed(call, Asked(fresh, actor, catalogue, code, made[code]))
            found[who] = f"{found.get(who, '')} {place}".strip() if answered else found.get(who, "")
    assert {who: places for who, places in found.items() if places} == TABLE[rule]
    assert counts(fresh) == before


def functions() -> set[str]:
    """Every public function of data/ that is told who asks."""
    found = set()
    for module in pkgutil.walk_packages(data.__path__, "data."):
        if "demonstration" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            own = inspect.isfunction(value) and value.__module__ == module.name and not name.startswith("_")
            if own and "actor" in inspect.signature(value).parameters:
                found.add(f"{module.name}.{name}")
    return found


def test_every_function_that_is_told_who_asks_is_in_the_table() -> None:
    assert functions() == {name.partition(" ")[0] for name in CASES} | INSIDE


def test_every_rule_is_tried() -> None:
    assert {rule for rule, _ in CASES.values()} == set(TABLE)


def test_somebody_whose_role_ended_is_nobody(fresh: Connection, catalogue: Catalogue) -> None:
    who, by = "gone@invented.example", (fresh, LOCAL_ADMINISTRATOR)
    people.save(*by, catalogue, Given("person", who, "administrator"), MOMENT)
    people.save(*by, catalogue, Given("person", "here@invented.example", "administrator"), MOMENT)
    before = people.actor_of(fresh, who, "Gone")
    assert before is not None and before.role == "administrator"
    people.end(*by, "person", who, "Works elsewhere now", LATER, seen=MOMENT.at)
    assert people.actor_of(fresh, who, "Gone", ["administrators"], unknown="viewer") is None
