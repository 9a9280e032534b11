"""Personal data in a text: which kinds of it a person has typed there, to be refused before anything is kept.

Found is what can be told by its form. A name cannot, nor can an address without its postcode. Not counted as personal:

- numbers that organisations publish: helplines such as 116 123, short service numbers, and the ranges 03, 08 and 09;
- a date by itself, since texts say “from 1 April 2025”; it takes a word for birth beside it;
- the first half of a postcode, which names a district of some ten thousand homes;
- telephone numbers of other countries, whose forms are too loose to tell from other numbers.

Sources: NHS Data Dictionary (check digit of the NHS number); Ofcom, National Telephone Numbering Plan; Royal Mail and
BS 7666 (postcodes); HMRC, National Insurance Manual NIM39110 (prefixes that are not used).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

SPACES = dict.fromkeys(map(ord, "\t\x0b\x0c\x1c\x1d\x1e\x1f"), " ")
DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2043, 0x2212, 0x30FC], "-")
# Invisible characters, and marks above or around others: what stands between digits without being seen as a separator.
UNSEEN = ("Cf", "Mn", "Me")

# Characters that British texts hold anyway and that the normalisation turns into nothing that could count.
ORDINARY = (
    r"\x00-\x7F\x{A0}-\x{A9}\x{AB}\x{AC}\x{AE}-\x{B1}\x{B4}-\x{B8}\x{BB}\x{BF}-\x{FF}"
    r"\x{2013}\x{2014}\x{2018}-\x{201D}\x{2022}\x{2026}\x{20AC}"
)
GAP = "[^0-9A-Za-z]"
# What a text must hold to be worth a closer look for each kind, in the syntax that Python and RE2 share.
HINTS = {
    "NHS number": rf"[0-9](?:{GAP}{{0,10}}[0-9]){{9}}",
    "phone number": rf"[0-9](?:{GAP}{{0,10}}[0-9]){{8}}",
    "e-mail address": r"@|[(\[{] ?(?i:at) ?[)\]}]",
    "postcode": rf"[A-Za-z][0-9][0-9A-Za-z]?{GAP}{{0,2}}[0-9][A-Za-z]{{2}}|(?i:gir){GAP}{{0,2}}0[Aa]{{2}}",
    "date of birth": rf"(?i:born|birth|d{GAP}{{0,3}}o{GAP}{{0,3}}b)",
    "National Insurance number": rf"[A-Za-z]{{2}}{GAP}{{0,3}}(?:[0-9]{GAP}{{0,3}}){{6}}[A-Da-d]",
}
SUSPICIOUS = "|".join([rf"[^{ORDINARY}]", *HINTS.values()])
"""What any text with personal data matches, in the syntax of RE2: a quick look that is never wrong when it says no."""

NHS_NUMBER = re.compile(
    r"(?:(?<![0-9A-Za-z])(?<!\d[.,])|(?<=nhs)|(?<=no)|(?<=number))"
    r"(\d{3}[ -]{0,3}\d{3}[ -]{0,3}\d{4})(?![0-9A-Za-z])(?![.,]\d)",
    re.IGNORECASE,
)
BOOK_NUMBER = re.compile(r"isbn(?:[ -]?10)?[ :-]*$", re.IGNORECASE)

BETWEEN = r"[ ().-]{0,3}"
BEFORE_PHONE = r"(?:(?<![0-9A-Za-z£$€#_])(?<!\d[.,/-])|(?<=tel)|(?<=phone)|(?<=mob)|(?<=mobile))"
ABROAD = re.compile(
    rf"(?<![0-9A-Za-z])\(?(?:\+ ?|00 ?)44{BETWEEN}(?:\(0\)|0)?{BETWEEN}"
    rf"(?:[1257](?:{BETWEEN}\d){{9}}|1(?:{BETWEEN}\d){{8}})(?!\d)"
)
AT_HOME = re.compile(rf"{BEFORE_PHONE}(?=(\(?0{BETWEEN}[1257](?:{BETWEEN}\d){{9}})(?!\d))", re.IGNORECASE)
SHORT_AT_HOME = re.compile(rf"{BEFORE_PHONE}\(?01\d{{3}}\)?[ -]?\d{{5}}(?![0-9A-Za-z])(?![.,-]\d)", re.IGNORECASE)

ADDRESS = re.compile(r"""[^\s@<>()\[\]{},;:"“”]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w-])""")
ADDRESS_IN_WORDS = re.compile(
    r"[\w.+-]{1,64} ?[(\[{] ?at ?[)\]}] ?[\w-]{1,63}(?:\.| ?[(\[{] ?dot ?[)\]}] ?)[\w-]{2,63}", re.IGNORECASE
)
LINK = re.compile(r"https?://[^\s?#]+|\b10\.\d{4,9}/\S+", re.IGNORECASE)

AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK "
    "FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP "
    "NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W "
    "WA WC WD WF WN WR WS WV YO ZE"
).replace(" ", "|")
POSTCODE = re.compile(
    rf"(?<![0-9A-Za-z_])(?:(?:{AREAS})(?:\d[A-HJKPS-UW]|\d[ABEHMNPRV-Y]|\d\d?)(?P<blank> {{0,2}})"
    r"(?P<inward>\d[ABD-HJLNP-UW-Z]{2})|GIR {0,2}0AA|ZZ99 {0,2}3[A-Z]Z)(?![0-9A-Za-z_])",
    re.IGNORECASE,
)
# “Section S1 3rd line”, “vitamin B12 5ug”: in small letters these endings are an ordinal or a unit.
ENDINGS = re.compile(r"[0-9](?:st|nd|rd|th|ft|gb|hr|hz|lb|pt|px|tb|ug|yr)")
SHORTEST_IN_SMALL_LETTERS = 6

INSURANCE = re.compile(
    r"(?<![0-9A-Za-z])([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])(?:[ -]{0,2}\d\d){3}[ -]{0,2}[A-D](?![0-9A-Za-z])",
    re.IGNORECASE,
)
NEVER_INSURED = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}

DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)(?!\d)"
DATE = "|".join([
    rf"(?<!\d){DAY} ?[./ -] ?{MONTH} ?[./ -] ?{YEAR}",
    rf"(?<!\d){MONTH} ?[./-] ?{DAY} ?[./-] ?{YEAR}",
    rf"(?<!\d)(?:19|20)\d\d[./-]{MONTH}[./-]{DAY}(?!\d)",
    rf"(?<!\d){DAY}(?:st|nd|rd|th)?(?: of)?[ ,./-]{{0,2}}{MONTH_NAME}[ ,./-]{{0,2}}{YEAR}",
    rf"{MONTH_NAME} ?{DAY}(?:st|nd|rd|th)?,? {YEAR}",
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)\d\d|\d\d)(?!\d)",
])  # fmt: skip
NAMED = r"\b(?:dates? of birth|birth[ -]?dates?|birthdays?|d ?[./-] ?o ?[./-] ?b|dob|d o b)\b\.?"
LEAD = (
    r"(?:[\s:;,=()–\-.|/\"“”'’]|\b(?:on|is|was|as|the|of|date|being|given|recorded|stated|day|month|year|d?d|m?m|yy|yyyy)\b)"
    r"{0,25}"
)
# “born from”, “born between”, “the babies born in the year to”: a span of time, in which nobody in particular was born.
BORN_LEAD = (
    r"(?:(?!\b(?:from|since|after|before|between|until|by|during|within|were|are|and|year|quarter|months?|ending)\b)"
    r"[^\d.;!?\n]){0,40}"
)
NO_SPAN = r"(?!\s*(?:to|until|and|-|–)\s+(?:the )?\d)"
BIRTH = re.compile(
    rf"{NAMED}{LEAD}(?:{DATE})|(?:{DATE}){LEAD}(?:(?:his|her|their|my) )?{NAMED}"
    rf"|(?<![\w-])born\b{BORN_LEAD}(?:{DATE}){NO_SPAN}|\bbirth\b[\s:,=()\-]{{0,4}}(?:on )?(?:{DATE}){NO_SPAN}"
    rf"|(?:{DATE})[\s,()\-]{{0,3}}(?:\b(?:he|she|i|they|was|when|is)\b[\s,]{{1,2}}){{0,3}}\bborn\b",
    re.IGNORECASE,
)

# Headings as people write them, in small letters with one blank between words: see `_words`.
BIRTH_HEADING = re.compile(r"\b(?:dates? ?of ?birth|birth|birth ?dates?|birth ?days?|born|d ?o ?b)\b")
PHONE_HEADING = re.compile(
    r"\b(?:(?:tele|mobile ?|cell ?)?phones?|mobiles?|tel|mob|landlines?|contact (?:no|num|numbers?))\b(?! calls?\b)"
)
NHS_HEADING = re.compile(r"\bnhs ?(?:no|nos|num|numbers?|id)\b")
WHOLE_DATE = re.compile(
    rf"{DATE}|(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d)(?:19|20)\d\d {MONTH} {DAY}(?!\d)",
    re.IGNORECASE,
)
PERSONS = (
    "person|patient|client|service ?user|customer|victim|offender|suspect|perpetrator|detainee|prisoner|complainant|"
    "witness|participant|respondent|interviewee|attendee|staff|staff ?member|employee|officer|worker|nurse|doctor|"
    "clinician|volunteer|carer|guardian|mother|father|child|relative|next of kin|resident|pupil|student|contact"
)
PERSONAL_HEADING = re.compile(
    r"\b(?:sur|fore) ?names?\b|\b(?:first|last|family|given|middle|christian|maiden) ?names?\b"
    rf"|\b(?:{PERSONS})(?: ?s)?(?: full)? ?names?\b"
    rf"|\bnames? of (?:the |each |our )?(?:{PERSONS}|people|persons|children)s?\b|^(?:the )?full ?names?$"
)
NOT_A_PERSON = re.compile(
    rf"\bnames? of (?!(?:the |each |our )?(?:{PERSONS}|people|persons|children))"
    rf"|\b(?:{PERSONS})s? (?:organisation|organization|group|service|team|area|type)s?\b"
)


def kinds(text: str) -> tuple[str, ...]:
    """The kinds of personal data that stand in a text, in the order of `KINDS`; empty when there is none.

    Full-width and other digits, no-break blanks, soft hyphens and characters that cannot be seen do not hide any.
    """
    plain = _plain(text)
    return tuple(kind for kind, found in KINDS.items() if LOOKS[kind].search(plain) and found(plain))


def kinds_under(heading: str, text: str) -> tuple[str, ...]:
    """The kinds of personal data in a cell below a heading: those of `kinds`, and what only the heading tells.

    A date below “Date of birth” is one; nine to eleven digits below “Phone” are a number, since a spreadsheet drops the
    zero at its beginning; ten below “NHS number” are one, whether the last of them fits or not. Numbers that
    organisations publish are none there either.
    """
    told, words, plain = set(kinds(text)), _words(heading), _plain(text).strip()
    if BIRTH_HEADING.search(words) and WHOLE_DATE.search(plain):
        told.add("date of birth")
    if PHONE_HEADING.search(words) and _is_subscriber(plain):
        told.add("phone number")
    if NHS_HEADING.search(words) and len(_digits(plain)) == 10:
        told.add("NHS number")
    return tuple(kind for kind in KINDS if kind in told)


def tells(heading: str) -> bool:
    """Whether `kinds_under` may find more below this heading than `kinds` does, also in what is not `SUSPICIOUS`."""
    words = _words(heading)
    return any(named.search(words) for named in (BIRTH_HEADING, PHONE_HEADING, NHS_HEADING))


def personal_heading(heading: str) -> bool:
    """Whether a heading says that names of persons stand below it, such as “Surname” or “Name of patient”."""
    words = _words(heading)
    return bool(PERSONAL_HEADING.search(words)) and not NOT_A_PERSON.search(words)


def _words(heading: str) -> str:
    """A heading in small letters, with one blank wherever marks, or a capital after a small letter, part its words."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _plain(heading))
    return re.sub(r"[\W_]+", " ", parted).strip().lower()


def _digits(text: str) -> str:
    """The digits of a cell that holds them and marks between them only; empty when it holds more."""
    text = re.sub(r"\.0$", "", text)
    return re.sub(r"\D", "", text) if re.fullmatch(r"[\d ()+./-]+", text) else ""


def _is_subscriber(text: str) -> bool:
    """Whether a cell is a telephone number of somebody: with its zero, without it, or with the country's 44."""
    digits = re.sub(r"^(?:00)?44(?=\d{9,10}$)", "", _digits(text))
    return 9 <= len(digits) <= 11 and digits.lstrip("0")[:1] not in ("", "3", "8", "9")


def _plain(text: str) -> str:
    """The text with one way of writing each digit, blank and hyphen, and without what cannot be seen."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(ONE_WAY).translate(DASHES)
    return text.translate(SPACES)


class _OneWay(dict[int, str]):
    """The one way of writing of each character that was met, so that a long text is not looked at one by one again."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _one_way(chr(code)))


ONE_WAY = _OneWay()


def _one_way(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.category(character) in UNSEEN:
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return " " if character.isspace() else character


def _has_nhs_number(text: str) -> bool:
    return any(_is_nhs_number(match) for match in NHS_NUMBER.finditer(_without_links(text)))


def _is_nhs_number(match: re.Match[str]) -> bool:
    """Whether ten digits pass the check; an ISBN of ten digits passes the very same one."""
    digits = [int(character) for character in match[1] if character.isdigit()]
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True))
    return total % 11 == 0 and len(set(digits)) > 1 and not BOOK_NUMBER.search(match.string[: match.start()][-16:])


def _has_phone_number(text: str) -> bool:
    text = _without_links(text)
    if ABROAD.search(text) or SHORT_AT_HOME.search(text):
        return True
    return any(_usual_groups(match[1]) for match in AT_HOME.finditer(text))


def _usual_groups(written: str) -> bool:
    """Whether eleven digits stand together as people write a number; dates and lists of figures do not."""
    first, *others = re.findall(r"\d+", written)
    if first == "0":
        return "." not in written[:3] and len(others[0]) > 3 and min(map(len, others)) > 1
    if any(len(group) < 2 for group in others):
        return False
    return len(first) > 2 or (first == "07" and len(others[0]) == 3)


def _has_address(text: str) -> bool:
    return bool(ADDRESS.search(text) or ADDRESS_IN_WORDS.search(text))


def _has_postcode(text: str) -> bool:
    return any(_is_postcode(match) for match in POSTCODE.finditer(text))


def _is_postcode(match: re.Match[str]) -> bool:
    """Whether it can be nothing else: written with a blank, or in capitals, or long, and not inside a longer code."""
    inward = match["inward"] or ""
    if ENDINGS.fullmatch(inward):
        return False
    if match["blank"]:
        return True
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:2]
    inside = before in tuple("-/.#=&+") or re.match(r"[-/.]\w|=", after) is not None
    return not inside and (match[0].isupper() or len(match[0]) >= SHORTEST_IN_SMALL_LETTERS)


def _has_date_of_birth(text: str) -> bool:
    return bool(BIRTH.search(text))


def _has_insurance_number(text: str) -> bool:
    return any(match[1].upper() not in NEVER_INSURED for match in INSURANCE.finditer(text))


def _without_links(text: str) -> str:
    """The text without addresses of pages and papers, whose numbers are nobody's; what follows a “?” stays."""
    return LINK.sub("|", text)


KINDS: dict[str, Callable[[str], bool]] = {
    "NHS number": _has_nhs_number,
    "phone number": _has_phone_number,
    "e-mail address": _has_address,
    "postcode": _has_postcode,
    "date of birth": _has_date_of_birth,
    "National Insurance number": _has_insurance_number,
}
LOOKS = {kind: re.compile(hint) for kind, hint in HINTS.items()}
