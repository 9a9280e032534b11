"""Every kind of fault in the catalogue is refused in one sentence that names the file, the key and the fix."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.catalogue import FOLDER, load
from data.catalogue.files import TABLES
from data.catalogue.records import AREA, COMMITMENT, FORERUNNER, INDICATOR, ORGANISATION, TOPIC
from data.errors import UserError

ROBBERY = "indicators/robbery.toml"
NORFOLK = "Norfolk,police_force_area"

# For each file: the fault, what stands in the real file, what is put in its place, what the message must say.
FAULTS = {
    ROBBERY: [
        ("unknown key", "polarity =", "polarty =", "polarty is not a key that belongs here; rename it to polarity"),
        ("unknown key unlike any", "unit =", "zzz = 1\nunit =", "zzz is not a key that belongs here; remove it"),
        ("text that is a number", '"Robbery"', "7", "name is 7, which is not a text; put it in quotes"),
        ("empty text", '"Robbery"', '" "', "name is empty; write a few words"),
        ("blank around a text", '"Robbery"', '"Robbery "', 'name is "Robbery "; remove the blank'),
        ("unknown polarity", '"lower_is_better"', '"low"', 'polarity is "low"; use one of higher_is_better, lower_is'),
        ("unknown measure", '"rate"', '"share"', 'measure is "share"; use one of proportion, rate'),
        ("unknown frequency", '"yearly"', '"weekly"', 'frequency is "weekly"; use one of monthly, quarterly, yearly'),
        ("unknown period type", '"rolling_year"', '"year"', 'period_type is "year"; use one of month, quarter'),
        (
            "unknown disclosure",
            '"already_published"',
            '"x"',
            'disclosure is "x"; use one of already_published, no_people_counted',
        ),
        ("unknown status", '"proposed"', '"draft"', 'status is "draft"; use one of proposed, agreed'),
        ("multiplier as text", "= 100000", '= "many"', 'multiplier is "many"; write a number above 0'),
        ("multiplier of zero", "= 100000", "= 0", "multiplier is 0; write a number above 0"),
        ("multiplier not a number", "= 100000", "= nan", "multiplier is nan; write a number above 0"),
        ("days as a fraction", "= 150", "= 1.5", "due_days_after_period is 1.5; write a whole number"),
        ("truth as text", "centred = false", 'centred = "no"', 'person_centred is "no"; write true or false'),
        ("date as text", "2026-10-31", '"31 Oct"', 'reviewed_on is "31 Oct", which is not a date'),
        ("date with a time", "2026-10-31", "2026-10-31T10:00:00", "10:00:00, which is not a date"),
        ("no first period", '"year ending March 2018"', '""', "first_period is empty; write a few words"),
        ("list as text", '["violence"]', '"violence"', 'topics is "violence", which is not a list'),
        ("empty list", '["SYS-1", "SYS-4"]', "[]", "commitments is empty; name at least one"),
        ("repeat in a list", '"SYS-4"]', '"SYS-1"]', "commitments names the same thing twice"),
        ("no such commitment", '"SYS-4"]', '"SYS-9"]', 'commitments names "SYS-9", which is not a commitment'),
        ("no such topic", '["violence"]', '["football"]', 'topics names "football", which is not a topic'),
        ("no such organisation", '["police_force"]', '["police"]', 'reported_by names "police", which is not an org'),
        ("no such area type", '"police_force_area"', '"county"', 'expected_areas is "county"; use one of'),
        ("no such area", '"police_force_area"', '["E23000099"]', 'expected_areas names "E23000099", which is not'),
        ("not an area code", '"police_force_area"', '["Norfolk"]', 'areas is "Norfolk"; write it like E23000024'),
        ("no such predecessor", 'predecessor = ""', 'predecessor = "theft"', 'names "theft", which is not another'),
        ("its own predecessor", 'predecessor = ""', 'predecessor = "robbery"', 'names "robbery", which is not another'),
        ("key unlike the file", 'key = "robbery"', 'key = "theft"', 'key is "theft", unlike the file\'s name'),
        ("key of the wrong shape", 'key = "robbery"', 'key = "Rob bery"', 'key is "Rob bery"; write it like'),
        ("period of another frequency", '"rolling_year"', '"month"', 'is "month", but frequency yearly needs calendar'),
        ("rate of nothing", '"resident population"', '""', "denominator is empty; say what the rate is out of"),
        ("residents in capitals", '"resident pop', '"Resident pop', "write it as resident population"),
        ("proportion of residents", '"rate"', '"proportion"', 'measure is "proportion"; use rate when'),
        ("invalid TOML", '"Robbery"', '"Robbery', "the file is not valid TOML"),
    ],
    "indicators/people_contributing_evidence.toml": [
        ("count out of something", 'denominator = ""', 'denominator = "People"', "a count has none; leave it empty"),
    ],
    "themes.toml": [
        ("stray key", "[[topic]]", "colour = 1\n[[topic]]", "colour is not a key that belongs here"),
        ("table instead of list", "[[theme]]", "[theme]", "the file is not valid TOML"),
        ("duplicate topic", '"dementia"', '"violence"', "topic 4: violence is already in this file"),
        ("topic that is a theme", '"collaboration"', '"dementia"', "key dementia is both a topic and a theme"),
    ],
    "commitments.toml": [
        ("duplicate commitment", 'key = "SYS-2"', 'key = "SYS-1"', "commitment 2: SYS-1 is already"),
        ("key of the wrong shape", 'key = "SYS-2"', 'key = "s2"', 'commitment 2: key is "s2"; write it like SYS-1'),
        ("position of zero", "position = 1", "position = 0", "commitment 1: position is 0; write a whole number"),
        ("no such forerunner", '["2018-3"]', '["2018-9"]', 'SYS-4: forerunners names "2018-9", which is not a'),
    ],
    "organisations.toml": [
        ("duplicate organisation", 'key = "apcc"', 'key = "adph"', "organisation 2: adph is already"),
        ("signed by a number", "signed_2018 = true", "signed_2018 = 1", "signed_2018 is 1; write true or false"),
    ],
    "areas.csv": [
        ("column missing", "rates_given,", "", "the heading is code,name,type,parent,comparator_only,other_names;"),
        ("cell missing", f"{NORFOLK},", "Norfolk,", "row 35: the row has 6 cells; give it 7"),
        ("duplicate area", "E23000024,", "E23000023,", "row 35: E23000023 is already in this file"),
        ("no such type", NORFOLK, "Norfolk,force", 'row 35: type is "force"; use one of'),
        ("no such parent", f"{NORFOLK},E12000006", f"{NORFOLK},E12000099", 'parent names "E12000099", which is not'),
        ("force as parent", f"{NORFOLK},E12000006", f"{NORFOLK},E23000025", "name the region or country"),
        ("no parent", f"{NORFOLK},E12000006", f"{NORFOLK},", "name the region or country"),
        ("parent of a country", "England,country,", "England,country,W92000004", "leave it empty"),
        ("truth in other words", "E12000006,false", "E12000006,no", 'comparator_only is "no"; write true or false'),
        ("name of two areas", "Norfolk Police", "Suffolk Police", '"suffolk police" twice among areas of type police'),
    ],
    "populations.csv": [
        ("no such area", "E23000001,2002", "E23000099,2002", 'area_code names "E23000099", which is not an area'),
        ("region", "E23000001,2002", "E12000001,2002", "E12000001 is not a police force area; remove its rows"),
        ("same year twice", "E23000001,2003", "E23000001,2002", "row 3: E23000001 in mid-2002 is already"),
        ("population as text", "7369400", "7.4m", 'row 2: population is "7.4m"; write a whole number'),
        ("population of none", "7369400", "0", 'row 2: population is "0"; write a whole number of 1 or more'),
        ("year of three digits", "E23000001,2002", "E23000001,202", 'mid_year is "202"; write a year'),
    ],
}
ONE_BY_ONE = [pytest.param(name, *rest, id=f"{name}-{fault}") for name in FAULTS for fault, *rest in FAULTS[name]]

EVERY_FIELD = [
    *((ROBBERY, key, "") for key in INDICATOR),
    *(("commitments.toml", key, "[[commitment]]") for key in COMMITMENT),
    *(("commitments.toml", key, "[[forerunner]]") for key in FORERUNNER),
    *(("organisations.toml", key, "[[organisation]]") for key in ORGANISATION),
    *(("themes.toml", key, "[[topic]]") for key in TOPIC),
    *(("areas.csv", key, "") for key in AREA),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real catalogue, to break."""
    shutil.copytree(FOLDER / "indicators", tmp_path / "indicators")
    for name in TABLES:
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(("name", "old", "new", "message"), ONE_BY_ONE)
def test_a_fault_is_refused_with_file_key_and_fix(folder: Path, name: str, old: str, new: str, message: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    refusal = _refusal(folder)
    assert refusal.startswith(name)
    assert message in refusal
    assert refusal.endswith(".")


@pytest.mark.parametrize(("name", "key", "heading"), EVERY_FIELD)
def test_no_field_may_be_left_out(folder: Path, name: str, key: str, heading: str) -> None:
    cut: Callable[[str, str, str], str] = _without_column if name.endswith(".csv") else _without_key
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(cut(text, key, heading), encoding="utf-8")
    refusal = _refusal(folder)
    assert refusal.startswith(name)
    assert key in refusal


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert _refusal(folder).startswith(f"{name}: the file is missing from")


@pytest.mark.parametrize("name", TABLES)
def test_a_file_in_another_encoding_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes("Café".encode("cp1252"))
    assert _refusal(folder) == f"{name}: the file is not UTF-8; save it again as UTF-8."


@pytest.mark.parametrize("text", ["", "organisation = 1", "organisation = []", "organisation = [1]"])
def test_a_file_without_tables_is_refused(folder: Path, text: str) -> None:
    (folder / "organisations.toml").write_text(text, encoding="utf-8")
    assert _refusal(folder).startswith(
        "organisations.toml: organisation is missing or not a list of tables; write each"
    )


def test_an_empty_csv_is_refused(folder: Path) -> None:
    (folder / "areas.csv").write_text("", encoding="utf-8")
    assert _refusal(folder).startswith("areas.csv: the heading is ; write code,name,")


def test_a_commitment_that_no_indicator_informs_is_named(folder: Path) -> None:
    for name in ("actions_done_on_time", "decisions_linked_to_evidence"):
        (folder / "indicators" / f"{name}.toml").unlink()
    assert _refusal(folder) == "indicators: commitments never names EVA-2; give that commitment at least one indicator."


def test_a_force_area_without_population_is_named(folder: Path) -> None:
    path = folder / "populations.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("E23000024")]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert "E23000024 (Norfolk) is missing" in _refusal(folder)


def _refusal(folder: Path) -> str:
    with pytest.raises(UserError) as refused:
        load(folder)
    return str(refused.value)


def _without_key(text: str, key: str, heading: str) -> str:
    """The TOML text without `key` in the first table under `heading`; a list over several lines goes with it."""
    start = text.index(f"{key} = ", text.index(heading))
    end = text.index("]\n" if text[start:].startswith(f"{key} = [\n") else "\n", start)
    return text[:start] + text[end:].removeprefix("]")


def _without_column(text: str, key: str, _: str) -> str:
    first, rest = text.split("\n", 1)
    return ",".join(column for column in first.split(",") if column != key) + "\n" + rest
