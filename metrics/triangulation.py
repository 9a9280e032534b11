"""Numbers beside voices: whether they point the same way. Shown side by side, never fused into one score."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.change import CHANGES
from metrics.columns import Codes, as_names, counted, group_codes, labels, numbers, series_keys, signs, tallied, words
from metrics.errors import MetricError

OPINIONS = ["well", "middling", "badly", "not_asked"]
NUMBERS = ["positive", "negative", "neutral", "absent"]
VOICES = ["positive", "negative", "mixed", "silent"]
# Places of the two lists above match: 0 positive, 1 negative, 2 neither, 3 nothing.
FITS = ["convergent", "dissonant", "complementary", "silent"]
SILENT = ["numbers", "voices", "numbers and voices"]
PROVIDERS = ("service_provider",)
USERS = ("service_user", "carer_or_family", "community")
PERSPECTIVES = (*PROVIDERS, *USERS)
Counts = Codes | pd.Series


def numbers_say(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """What the numbers say together: whether more indicators improved than worsened.

    Parameters
    ----------
    frame : ``change`` and ``polarity``, as ``change.difference`` leaves them, and the columns of ``by``.
    by : columns such as commitment and area.

    Returns
    -------
    One row per group: ``by``, ``improved``, ``worsened``, ``no_clear_change``, ``not_calculable``, ``not_judged``
    (no judgement is made; they do not count) and ``numbers`` (``positive``, ``negative``, ``neutral``, ``absent``).

    Notes
    -----
    ``absent`` where no indicator on which a judgement is made could be calculated.

    Examples
    --------
    >>> changes = pd.DataFrame({"commitment": ["SYS-1"], "change": ["improved"], "polarity": ["higher_is_better"]})
    >>> numbers_say(changes, by="commitment")["numbers"].tolist()
    ['positive']
    """
    names = as_names(by)
    change, judged = words(frame, "change", CHANGES), signs(frame) != 0
    # A change that is missing could not be calculated either.
    place = np.where(change < 0, CHANGES.index("cannot_be_calculated"), change)
    column = np.where(judged, np.select([place == 0, place == 1, place == 5], [0, 1, 3], 2), 4)
    found = counted(frame, names, column, ["improved", "worsened", "no_clear_change", "not_calculable", "not_judged"])
    heard = found["improved"] + found["worsened"] + found["no_clear_change"]
    return found.assign(numbers=labels(side(found["improved"], found["worsened"], heard), NUMBERS))


def voices_say(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """What people say together: whether more insights grade it 4 or 5 than 1 or 2.

    Parameters
    ----------
    frame : ``grade`` (1 to 5, missing where it was not asked), ``perspective`` and the columns of ``by``.
    by : columns such as commitment and area.

    Returns
    -------
    One row per group: ``by``, ``well`` (grades 4 and 5), ``middling`` (3), ``badly`` (1 and 2), ``not_asked``,
    ``voices`` (``positive``, ``negative``, ``mixed``, ``silent``), and ``provider_voices`` and ``user_voices``
    (service users, carers and families, communities) apart.

    Notes
    -----
    Each insight counts once, however many people stand behind it. Grades are counted, never averaged.

    Examples
    --------
    >>> heard = pd.DataFrame({"area": ["A", "A"], "grade": [5, 2], "perspective": ["service_provider", "community"]})
    >>> voices_say(heard, by="area")[["voices", "provider_voices", "user_voices"]].iloc[0].tolist()
    ['mixed', 'positive', 'negative']
    """
    names, opinion = as_names(by), opinions(frame)
    who = words(frame, "perspective", PERSPECTIVES)
    heard = {"voices": who >= -1, "provider_voices": who == 0, "user_voices": who > 0}
    codes, groups = group_codes(frame, names)
    counts = tallied(codes, groups, opinion, len(OPINIONS))
    found = series_keys(frame, names, groups).assign(**dict(zip(OPINIONS, counts, strict=True)))
    for name, rows in heard.items():
        well, middling, badly, _ = tallied(codes, groups, np.where(rows, opinion, -1), len(OPINIONS))
        found[name] = labels(side(well, badly, well + middling + badly), VOICES)
    return found


def fit(frame: pd.DataFrame) -> pd.DataFrame:
    """Add how the numbers and the voices of each row fit together.

    Parameters
    ----------
    frame : ``numbers`` (``positive``, ``negative``, ``neutral``, ``absent``) and ``voices`` (``positive``,
        ``negative``, ``mixed``, ``silent``); missing counts as absent and silent.

    Returns
    -------
    The frame with ``fit`` (``convergent``, ``complementary``, ``dissonant``, ``silent``) and ``silent_side``
    (``numbers``, ``voices`` or ``numbers and voices``, missing where both speak).

    Notes
    -----
    Neutral numbers and mixed voices are convergent too; positive against negative is dissonant.

    References
    ----------
    O'Cathain, Murphy and Nicholl, BMJ 2010;341:c4587 (triangulation protocol).

    Examples
    --------
    >>> fit(pd.DataFrame({"numbers": ["positive"], "voices": ["negative"]}))["fit"].tolist()
    ['dissonant']
    """
    told, heard = words(frame, "numbers", NUMBERS), words(frame, "voices", VOICES)
    no_numbers, no_voices = (np.isin(place, (-1, 3)) for place in (told, heard))
    opposite = (told != heard) & (told < 2) & (heard < 2)
    place = np.select([no_numbers | no_voices, told == heard, opposite], [3, 0, 1], 2)
    quiet = np.select([no_numbers & no_voices, no_numbers, no_voices], [2, 0, 1], -1)
    return frame.assign(fit=labels(place, FITS), silent_side=labels(quiet, SILENT))


def opinions(frame: pd.DataFrame) -> Codes:
    """Each insight's grade as a place in ``OPINIONS``; a grade that is not 1 to 5 is refused."""
    grade = numbers(frame, "grade")
    if not (np.isnan(grade) | np.isin(grade, range(1, 6))).all():
        raise MetricError("The column 'grade' must hold whole numbers from 1 to 5, or nothing.")
    return np.select([grade >= 4, grade == 3, grade <= 2], [0, 1, 2], 3)


def side(good: Counts, bad: Counts, heard: Counts) -> Codes:
    """Which side outnumbers the other, as a place in ``NUMBERS`` and ``VOICES``; 3 where there is nothing."""
    return np.select([heard == 0, good > bad, bad > good], [3, 0, 1], 2)
