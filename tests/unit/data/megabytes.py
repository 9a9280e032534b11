"""A megabyte of each of many kinds of noise, screened one after the other; `test_noise.py` runs it as a process.

For each kind it prints its name, whether the file was acceptable, and the codes of its findings. A kind that is not
answered within the limit ends the process, and Python says where it was.
"""

import faulthandler
import json
import random
import sys
from collections.abc import Iterator

from data import mapping, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.screening import screen

SIZE = 1024**2
LIMIT = 30
"""In seconds. A kind takes one or two on an ordinary computer; what hangs takes hours."""
NUMBERS = "area_code,indicator,period,numerator,denominator,comment\n"
VOICES = "area_code,commitment,period,perspective,summary\n"
VOICE = "E23000024,COM-1,2026/27 Q1,service_user,"

# Repeated, each is a temptation for one of the expressions that look for personal data.
UNITS = {
    "digits": "1", "digits and blanks": "1 ", "digits and dashes": "1-", "digits and dots": "1.", "zeros": "0",
    "dialling codes": "+44 (0) ", "at signs": "@", "letters and at signs": "a@", "addresses without an end": "a@a.",
    "dots": "a.", "at in brackets": "a (at) ", "born": "born ", "dates of birth": "dob d.o.b. ", "births": "d o b ",
    "born in a year": "born in the year 1 january ", "birth without a date": "date of birth is on the ",
    "dates": "1/1/2000 ", "dates in words": "1st of january ", "dates in figures": "01012000 ", "postcodes": "NR1 1",
    "capitals": "AB123456 ", "letters": "a", "book numbers": "isbn 0-", "links": "http://a ", "papers": "10.1234/",
    "accents": "a\u0301", "joined": "1\u200d", "other digits": "\u0661", "wide digits": "\uff11 ",
    "letters that unfold": "\ufdfa", "opening brackets": "(", "brackets": "[( ", "blanks": " x", "faces": "\U0001f600",
}  # fmt: skip

MARKS = {
    "quotes": '"', "a quote and a letter": '"a', "commas": ",", "line ends": "\n", "carriage returns": "\r",
    "separators mixed": ",;\t|", "a blank and a quote": ' "', "a comma, a blank and a quote": ', "',
    "a quote before each comma": 'a",', "a quote in each line": '"a\n', "commas and line ends": ",\n",
    "a letter in each line": "x\n", "blanks": " ", "opening brackets": "(", "angles": "<", "byte-order marks": "\ufeff",
}  # fmt: skip


def filled(unit: str, size: int = SIZE) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def bodies() -> Iterator[tuple[str, bytes]]:
    """Noise alone, and below the headings of a template."""
    chance = random.Random(1)
    yield "random bytes", chance.randbytes(SIZE)
    yield "random letters", bytes(chance.choices(b"ab,;\"'\n\t 01", k=SIZE))
    yield "null characters", bytes(SIZE)
    yield "UTF-16 of nothing but marks", b"\xff\xfe" * (SIZE // 2)
    yield "UTF-16 with lone surrogates", b"\xff\xfe" + b"\x00\xd8" * (SIZE // 2)
    yield "UTF-8 broken everywhere", b"\xc3(" * (SIZE // 2)
    for name, unit in MARKS.items():
        yield name, filled(unit).encode()
        yield f"{name} below headings", (NUMBERS + filled(unit)).encode()
    yield "an odd number of quotes", (NUMBERS + '"' * (SIZE + 1)).encode()
    yield "quotes twice as many in each line", NUMBERS.encode() + b"\n".join(b'"' * 2**power for power in range(20))
    yield "one row of very many cells", (NUMBERS + "a" + "," * SIZE).encode()
    yield "very many headings", ",".join(f"h{number}" for number in range(SIZE // 7)).encode()
    headings = ",".join(f"h{number}" for number in range(999))
    yield "as many headings as can be", (headings + f"\n{',' * 998}" * 900).encode()
    yield "a broken archive", b"PK\x03\x04" + chance.randbytes(SIZE)
    yield "an archive of nothing", b"PK\x05\x06" + bytes(18) + chance.randbytes(SIZE)
    yield "an old container", b"\xd0\xcf\x11\xe0" + chance.randbytes(SIZE)


def rows() -> Iterator[tuple[str, bytes]]:
    """Rows of which no two are alike, so that nothing is looked up twice."""
    shuffled = random.Random(2)
    keys = [list(key) for key in load().indicators]
    slips = []
    for number in range(SIZE // 60):
        shuffled.shuffle(keys[number % len(keys)])
        slips.append(f"E23000024,{''.join(keys[number % len(keys)])},2026/27 Q1,54,86,Invented\n")
    yield "indicators that are nearly right", (NUMBERS + "".join(slips)).encode()
    different = "".join(f"E{n},a{n},b{n},c{n},d{n},e{n}\n" for n in range(SIZE // 40))
    yield "cells that are all different", (NUMBERS + different).encode()
    yield (
        "the same fact again and again",
        (NUMBERS + filled("E23000024,s136_health_based_place,2026/27 Q1,54,86,\n")).encode(),
    )


def texts() -> Iterator[tuple[str, bytes]]:
    """Right rows with a text that is all noise: in one cell as long as may be, or in many."""
    for name, unit in UNITS.items():
        yield f"one cell of {name}", f'{VOICES}{VOICE}"{filled(unit, 990_000)}"\n'.encode()
    for name in ("born", "digits and blanks", "dates"):
        cells = "".join(f'{VOICE}"{filled(UNITS[name], 200)}{number}"\n' for number in range(SIZE // 240))
        yield f"many cells of {name}", (VOICES + cells).encode()


def main() -> None:
    catalogue, connection = load(), store.connect(":memory:")
    for part in (bodies, rows, texts):
        for name, content in part():
            faulthandler.dump_traceback_later(LIMIT, exit=True)
            screening = screen(connection, LOCAL_ADMINISTRATOR, catalogue, content)
            if screening.sheet is not None:
                mapping.examine(screening.sheet, catalogue)
            codes = sorted({finding.code for finding in screening.findings})
            sys.stdout.write(json.dumps([name, screening.acceptable, codes]) + "\n")
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
