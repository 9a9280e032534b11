"""Personal data in free text is told by its form, whatever tricks the writing plays, and plain texts are left alone.

Every example is invented: telephone numbers are of the ranges kept for drama, NHS numbers of the range kept for tests
(they begin with 999), postcodes of districts that do not exist, and National Insurance numbers of the prefixes MW and
PP, which the national manual names as never valid although their letters are allowed.
"""

import csv
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.screening.personal import KINDS, SUSPICIOUS, kinds, kinds_under, personal_heading, tells
from data.templates import HEADINGS
from tests.source_files import ROOT

NHS, PHONE, MAIL, POST, BORN, NI = (
    "NHS number",
    "phone number",
    "e-mail address",
    "postcode",
    "date of birth",
    "National Insurance number",
)

FOUND = {
    NHS: [
        "9990000018",
        "999 000 0018",
        "999-000-0018",
        "NHS number:9990000026",
        "NHS no 999 000 0026, seen twice",
        "NHS9990000018",
        "(999 000 0018)",
        "999 - 000 - 0018",
        "in 2025 999 000 0018 was seen",
        "999\u00a0000\u00a00018",
        "999\u200b000\u200b0018",
        "999\u00ad000\u00ad0018",
        "９９９０００００１８",
        "999\u2011000\u20110018",
        "999\u2013000\u20130018",
        "٩٩٩٠٠٠٠٠١٨",
        "9\u200d9\ufeff9 000 0018",
        "9️⃣9️⃣9️⃣0️⃣0️⃣0️⃣0️⃣0️⃣1️⃣8️⃣",
        "see https://records.example/find?nhs=9990000018",
    ],
    PHONE: [
        "07700 900123",
        "07700900123",
        "07700 900 123",
        "0770 0900123",
        "077 0090 0123",
        "07 700 900 123",
        "07700-900-123",
        "07700.900.123",
        "tel07700900123",
        "Tel:07700900123.",
        "020 7946 0123",
        "(020) 7946 0123",
        "02079460123",
        "0117 496 0123",
        "01632 960123",
        "(01632) 960123",
        "01632 960 123",
        "0 (1632) 960123",
        "01632 96012",
        "0163296012",
        "+44 7700 900123",
        "+447700900123",
        "+44 (0)7700 900123",
        "+44 (0) 20 7946 0123",
        "(+44) 7700 900123",
        "+44-7700-900123",
        "0044 7700 900123",
        "00447700900123",
        "+44 77 00 90 01 23",
        "call 07700 900123 before 5 or 07700 900124",
        "07700 900123 2024-25",
        "07700\u00a0900\u00a0123",
        "０７７００ ９００１２３",
        "0\u200b7\u200b7\u200b0\u200b0900123",
        "07700\u00ad900123",
        "＋44 7700 900123",
        "07700 \u2013 900 \u2013 123",
    ],
    MAIL: [
        "somebody@example.org",
        "Some.Body+notes@mail.example.co.uk",
        "<somebody@example.org>",
        "mailto:somebody@example.org,",
        "o'nobody@example.org",
        "write to somebody@example.org.",
        "somebody＠example.org",
        "some\u200bbody@exa\u00admple.org",
        "somebody (at) example.org",
        "somebody [at] example [dot] org",
        "sömebody@exämple.org",
    ],
    POST: [
        "NR99 9ZZ",
        "NR999ZZ",
        "nr99 9zz",
        "Nr99 9Zz",
        "nr999zz",
        "NR99  9ZZ",
        "W9A 9ZZ",
        "EC9A 9ZZ",
        "E99 9ZZ",
        "M9 9ZZ.",
        "the flat at NR99 9ZZ, upstairs",
        "(NR99 9ZZ)",
        "Norwich-NR99 9ZZ",
        "they live in nr999zz.",
        "NR99\u00a09ZZ",
        "NR99\u200b 9ZZ",
        "ＮＲ９９ ９ＺＺ",
        "NR99\u00ad9ZZ",
        "ZZ99 3VZ",
        "zz993wz",
        "GIR 0AA",
    ],
    BORN: [
        "born 3 May 1985",
        "Born on the 3rd of May 1985",
        "born in Norwich on 03/05/1985",
        "she was born on 3.5.85",
        "DOB 03/05/1985",
        "DOB: 1985-05-03",
        "DoB 3-May-85",
        "d.o.b. 03.05.1985",
        "D.O.B.: 3/5/85",
        "date of birth: 3 May 1985",
        "Date of birth (dd/mm/yyyy): 03/05/1985",
        "Her date of birth is 3 May 1985",
        "birth date 05/31/1985",
        "birthday May 3, 1985",
        "birth: 3 May 1985",
        "03/05/1985 (DOB)",
        "3 May 1985, her date of birth",
        "On 3 May 1985 she was born",
        "dob 03051985",
        "DOB 030585",
        "dob 03 05 1985",
        "born\u00a03\u00a0May\u00a01985",
        "DOB ０３/０５/１９８５",
        "D\u200bOB 03\u200b/05/1985",
    ],
    NI: [
        "MW123456A",
        "MW 12 34 56 A",
        "mw123456a",
        "PP999999D",
        "PP 999999 C",
        "NI no. MW-12-34-56-A",
        "MW\u00a012\u00a034\u00a056\u00a0A",
        "MW12\u200b34\u200b56A",
        "ＭＷ１２３４５６Ａ",
    ],
}  # fmt: skip

NOT_PERSONAL = {
    "a count": ["1,204,500", "40 of 86", "4 010 232 137", "2018, 2019, 2020", "12485", "0", "", "0.5", "100 %"],
    "an NHS number that fails its check": ["9990000019", "999 000 0017", "1234567890", "999 0000 018", "99900000180"],
    "ten digits alike": ["0000000000", "1111111111", "999 999 9999"],
    "a number of a book or a paper": [
        "ISBN 0306406152",
        "ISBN-10: 0-306-40615-2",
        "https://doi.org/10.1136/9990000018",
        "10.1136/9990000018",
        "https://example.org/papers/9990000018",
    ],
    "a decimal": ["0.9990000018", "3.9990000018", "0.16329601234", "1,9990000018"],
    "a service number": ["999", "101", "111", "112", "105", "call 999 or 101", "116 123", "116123", "text 85258"],
    "a published line": [
        "0808 157 0123",
        "08081570123",
        "+44 808 157 0123",
        "0306 999 0123",
        "+44 306 999 0123",
        "0845 000 0000",
        "0909 879 0123",
    ],
    "a number that is no telephone's": [
        "01/02/2024 12:30",
        "01.02.2024 1230",
        "01-02-2024 1200",
        "2024-01-02 01:23:45",
        "0 150 200 3000",
        "0.15 0.25 0.35 0.45",
        "0 1 2 3 4 5 6 7 8 9 10",
        "07 01 2025 1200 12",
        "£07700900123",
        "case EX07700900123",
        "1 07,700,900,123",
        "077009001234",
        "0770090012",
        "+44 pupils",
    ],
    "no address": ["3 visits @ 5 pm", "@partnership", "a@b", "cost@1.50each", "somebody@localhost", "sat (at) home"],
    "half a postcode": ["NR99", "NR3", "EC9A", "nr3 and nr4", "NR3 3", "the N1 and E17 wards"],
    "a code": [
        "E23000024",
        "E92000001",
        "E01000001",
        "s136_health_based_place",
        "EXAMPLE-1",
        "A1 2BC",
        "Invented-0001",
        "COM-1",
        "REF-NR999ZZ",
        "NR999ZZ-2",
        "NR99_9ZZ",
        "key=NR999ZZ",
        "QX99 9ZZ",
        "NR99 9CI",
        "NR999 9ZZ",
        "NR99 9ZZZ",
        "AB12CDE",
        "2024/25 Q1",
        "#m14ab",
        "x@y nr9",
    ],
    "an ordinal or a unit": ["in S1 3rd", "s1 2nd", "e9 4th", "B12 5ug", "m6 1st", "SE1 4th quarter", "w1 5ft"],
    "a word with digits in small letters": ["m14ab", "e2ee", "b2b", "w3c", "covid19"],
    "a date by itself": ["from 1 April 2025", "on 3 May 1985", "31/07/2025", "2025-07-31", "year ending 30 June 2025"],
    "a birth without a full date": [
        "born in 1985",
        "born in May 1985",
        "date of birth not asked",
        "births rose by 12 to 1985",
        "1,204 births in 2024/25",
        "stillborn",
        "DOB unknown in 12 of 86 records",
    ],
    "a span in which many were born": [
        "children born between 1 April 2024 and 31 March 2025",
        "babies born from 1 April 2025",
        "those born after 31 August 2008",
        "babies born in the year ending 31 March 2025",
        "babies born, 1 April 2024 to 31 March 2025",
        "births: 1 April 2024 to 31 March 2025",
        "newborn screening since 1 April 2025",
        "It was born of need. From 1 April 2025 it has two sites",
    ],
    "no National Insurance number": [
        "QQ123456C",
        "QQ 12 34 56 A",
        "BG123456A",
        "GB123456A",
        "NK 12 34 56 B",
        "KN123456A",
        "TN123456A",
        "NT123456A",
        "ZZ123456A",
        "DA123456A",
        "AO123456A",
        "MW123456E",
        "MW12345A",
        "MW1234567A",
        "XMW123456A",
        "MW123456AB",
    ],
    "plain words": [
        "People said that they were asked late, and by three different teams.",
        "In 2024/25 there were 1,204 detentions – 86 % of them at a place of safety…",
        "£5 “each”, café, ½ a day, 30 km², 5°",
        "Adobe files, birthplace, reborn, hardborne",
        "The date of birth is not recorded. Figures begin on 1 April 2025.",
    ],
}  # fmt: skip


def suspicious(texts: list[str]) -> list[bool]:
    """What pyarrow says of each text, as the screening asks it."""
    found: list[bool] = pc.match_substring_regex(pa.array(texts, pa.string()), SUSPICIOUS).to_pylist()
    return found


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_personal_data_is_found_and_nothing_else(kind: str, text: str) -> None:
    assert kinds(text) == (kind,)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_personal_data_is_found_inside_a_sentence(kind: str, text: str) -> None:
    assert kind in kinds(f"Invented: one person said, “{text}”, and went on.")
    assert kind in kinds(f"Invented words\n{text}\nand more of them")


@pytest.mark.parametrize("text", [text for texts in NOT_PERSONAL.values() for text in texts])
def test_what_is_not_personal_is_left_alone(text: str) -> None:
    assert kinds(text) == ()


def test_every_kind_in_one_text_comes_in_the_order_of_the_table() -> None:
    text = "; ".join(texts[0] for texts in reversed(FOUND.values()))
    assert kinds(text) == tuple(KINDS) == tuple(FOUND)


def test_a_long_text_without_personal_data_is_read_quickly_to_its_end() -> None:
    filling = "born " * 2_000 + "a.b-c_d+" * 5_000 + "1 2 3 " * 5_000 + "0 " * 5_000 + "(" * 5_000 + "a@" * 5_000
    assert kinds(filling) == ()
    assert kinds(f"{filling} 07700 900123") == (PHONE,)


# The quick look


def test_quick_look_stops_at_every_example() -> None:
    texts = [text for texts in FOUND.values() for text in texts]
    assert [text for text, seen in zip(texts, suspicious(texts), strict=True) if not seen] == []


def test_quick_look_lets_most_plain_texts_by() -> None:
    plain = [
        "First published as 13341, in the edition for the year ending September 2019",
        "People said that they were asked late, and by three different teams.",
        "In 2024/25 there were 1,204 detentions – 86 % of them at a place of safety…",
        "£5 “each”, café; from 1 April 2025",
    ]
    assert suspicious(plain) == [False] * len(plain)


UNSEEN = [
    "",
    "",
    "",
    " ",
    "\u00a0",
    "\u200b",
    "\u00ad",
    "\u2011",
    "\u2013",
    "-",
    "\ufeff",
    "\u2060",
    "\t",
    ".",
    "é",
    "…",
]
EXAMPLES = [text for texts in [*FOUND.values(), *NOT_PERSONAL.values()] for text in texts]
PIECES = st.lists(st.sampled_from([*EXAMPLES, " ", ", ", "x", "7", "@"]) | st.text(max_size=6), min_size=1, max_size=4)


@st.composite
def tampered(draw: st.DrawFn) -> str:
    """Examples joined, with characters put between some of theirs and some of theirs in another form."""
    text = "".join(draw(PIECES))
    widened = draw(st.booleans())
    where = draw(st.sets(st.integers(0, max(len(text) - 1, 0)), max_size=6))
    between = draw(st.sampled_from(UNSEEN))
    return "".join(
        (chr(ord(c) + 0xFEE0) if widened and "!" <= c <= "~" and n in where else c) + (between if n in where else "")
        for n, c in enumerate(text)
    )


@given(tampered() | st.text())
@example("born ³ May 1985")
@example("0770090012③")
@example("somebody＠example.org")
@example("㏠")
def test_whatever_is_found_stops_the_quick_look(text: str) -> None:
    assert not kinds(text) or suspicious([text]) == [True]


CHARACTERS = st.text(alphabet="019 -.()+4@abzMWNRZborndith/’–\u00a0", max_size=30)


@given(CHARACTERS)
def test_random_texts_of_telling_characters_stop_the_quick_look_when_anything_is_found(text: str) -> None:
    assert not kinds(text) or suspicious([text]) == [True]


@given(st.sampled_from([(kind, text) for kind, texts in FOUND.items() for text in texts if text.isascii()]), st.data())
def test_characters_that_cannot_be_seen_hide_nothing(example: tuple[str, str], data: st.DataObject) -> None:
    kind, text = example
    where = data.draw(st.sets(st.integers(0, len(text))))
    unseen = data.draw(st.sampled_from(["\u200b", "\u00ad", "\u200d", "\ufeff", "\u2060", "\u200e"]))
    hidden = "".join((unseen if n in where else "") + c for n, c in enumerate(text))
    assert kind in kinds(hidden)


# The project's own data

OWN = [
    *sorted((ROOT / "data" / "demonstration").glob("*.csv")),
    *sorted((ROOT / "data").rglob("*.toml")),
    *sorted((ROOT / "tests" / "fixtures" / "good").glob("*.csv")),
]


UNDER = [
    *(
        ("Date of birth", text, [BORN])
        for text in (
            "03/05/1985",
            "1985-05-03",
            "1985-05-03 00:00:00",
            "3 May 1985",
            "3rd of May 85",
            "03.05.85",
            "19850503",
            "1985/05/03",
            "May 3, 1985",
        )
    ),
    *(
        (heading, "03/05/1985", [BORN])
        for heading in (
            "date_of_birth",
            "DOB",
            "D.O.B.",
            "dob (dd/mm/yyyy)",
            "dateOfBirth",
            "Born",
            "Birth date",
            "birthdate",
            "Patient birthday",
            "Born on",
        )
    ),
    *(("date_of_birth", text, []) for text in ("", "1985", "May 1985", "2024/25", "40 to 44", "not known", "31170")),
    *(
        (heading, "03/05/2025", [])
        for heading in ("period_end", "date", "Date of death", "reborn", "airborne", "adobe")
    ),
    *(
        ("Phone", text, [PHONE])
        for text in (
            "7700900123",
            "07700 900123",
            "7700 900 123",
            "01632960002",
            "1632960002",
            "7700900123.0",
            "447700900123",
            "+44 7700 900123",
            "163296000",
        )
    ),
    *(
        (heading, "7700900123", [PHONE])
        for heading in (
            "mobile",
            "Mobile no.",
            "tel",
            "Tel:",
            "contact_telephone",
            "phone_number",
            "PhoneNumber",
            "mobilephone",
            "landline",
        )
    ),
    *(
        ("phone", text, [])
        for text in (
            "",
            "0300 123 4567",
            "3001234567",
            "08001111",
            "116 123",
            "12345678",
            "000000000",
            "1204",
            "yes",
            "7700900123456",
            "12,345,678,901",
        )
    ),
    *((heading, "7700900123", []) for heading in ("numerator", "hotel", "telling", "mobility", "phone calls", "")),
    *(("NHS number", text, [NHS]) for text in ("9990000018", "9990000019", "999 000 0019", "999-000-0019")),
    *((heading, "9990000019", [NHS]) for heading in ("nhs_no", "NHS No.", "Patient NHS number", "nhsnumber", "NHS ID")),
    *(("NHS number", text, []) for text in ("", "999000001", "99900000188", "54", "NHS trust")),
    *((heading, "9990000019", []) for heading in ("nhs_trust", "number", "NHS organisations")),
    ("comment", "born on 3 May 1985, 07700 900123", [PHONE, BORN]),
    ("Phone or date of birth", "nobody@example.org, 03/05/1985", [MAIL, BORN]),
]
NAMING_PERSONS = [
    "Surname",
    "surnames",
    "SURNAME",
    "Patient surname",
    "First name",
    "first_name",
    "FirstName",
    "firstname",
    "Forename",
    "forename(s)",
    "Last name",
    "family-name",
    "Given names",
    "Middle name",
    "Maiden name",
    "Full name",
    "fullname",
    "Patient name",
    "patient_name",
    "Patient's name",
    "Patient’s full name",
    "PatientName",
    "Client name",
    "Name of patient",
    "Name of the client",
    "names of people",
    "Names of participants",
    "Service user name",
    "Staff name",
    "Officer name",
    "Contact name",
    "Next of kin name",
    "victim_name",
    "Carer name",
    "Name of child",
]
NAMING_NO_PERSON = [
    "",
    "name",
    "Name",
    "names",
    "area_name",
    "Area name",
    "Indicator name",
    "organisation name",
    "Name of organisation",
    "Name of the service",
    "force name",
    "Police force name",
    "Region name",
    "file name",
    "username of nobody",
    "summary",
    "Organisation full name",
    "full name of the indicator",
    "Full name of area",
    "patients",
    "Patient group name",
    "client",
    "Name of patient group",
    "Number of patients named",
    "first",
    "last",
    "First name of the organisation",
    "firstly named",
    "Staff jointly trained",
    "Resident population",
    "service_name",
    "measure name",
    "renamed",
    "person",
    "perspective",
]


@pytest.mark.parametrize(("heading", "text", "expected"), UNDER)
def test_heading_tells_what_a_cell_below_it_is(heading: str, text: str, expected: list[str]) -> None:
    assert list(kinds_under(heading, text)) == expected
    assert tells(heading) or kinds_under(heading, text) == kinds(text)


@pytest.mark.parametrize(
    ("heading", "expected"), [("Date of birth", True), ("tel", True), ("NHS no", True), ("name", False)]
)
def test_heading_says_whether_it_tells_anything(heading: str, expected: bool) -> None:
    assert tells(heading) == expected


@pytest.mark.parametrize("heading", ["", "comment", "date_of_birth", "phone", "NHS number"])
def test_what_a_text_says_by_itself_is_found_under_any_heading(heading: str) -> None:
    for texts in FOUND.values():
        assert [text for text in texts if not set(kinds(text)) <= set(kinds_under(heading, text))] == []


@pytest.mark.parametrize("heading", NAMING_PERSONS)
def test_heading_that_names_persons_is_told(heading: str) -> None:
    assert personal_heading(heading)


@pytest.mark.parametrize("heading", NAMING_NO_PERSON)
def test_heading_that_names_something_else_is_left_alone(heading: str) -> None:
    assert not personal_heading(heading)


def test_headings_of_the_templates_name_no_person() -> None:
    assert [heading for heading in HEADINGS if personal_heading(heading) or tells(heading)] == []


def cells(content: bytes, is_table: bool) -> list[str]:
    """Every cell of a table, or every line of another file."""
    if content.startswith(b"\xff\xfe"):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row] if is_table else text.splitlines()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_data_holds_nothing_personal(path: Path) -> None:
    texts = set(cells(path.read_bytes(), path.suffix == ".csv"))
    assert len(texts) > 2
    assert {text: found for text in texts if (found := kinds(text))} == {}
