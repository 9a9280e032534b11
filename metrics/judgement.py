"""When a group's judgement of a commitment needs a reason, because the computed picture does not suggest it."""

import numpy as np
import pandas as pd

from metrics.columns import labels, numbers, require, words
from metrics.triangulation import VOICES

JUDGEMENTS = ["no_evidence_available", "not_started", "limited", "substantial", "complete"]
RULES = [
    "no evidence is said to be available, though there is some",
    "a grade is given though there is no evidence",
    "the grade is high though at least as many indicators worsened as improved",
    "the grade is high though voices are negative or silent",
    "the grade is low though more indicators improved than worsened and voices are positive",
]


def reason_required(frame: pd.DataFrame) -> pd.DataFrame:
    """Add whether each judgement needs a reason, and why.

    Parameters
    ----------
    frame : ``judgement`` (``no_evidence_available``, ``not_started``, ``limited``, ``substantial``, ``complete``;
        missing: none given yet), and from the computed picture ``improved``, ``worsened``, ``voices``, ``evidence``.

    Returns
    -------
    The frame with ``reason_required`` (true or false) and ``reason`` (the rule that asks for one, in words).

    Notes
    -----
    The first rule that applies is named. A judgement that is not given needs no reason.

    Examples
    --------
    >>> row = {"judgement": ["complete"], "improved": [5], "worsened": [1], "voices": ["silent"], "evidence": [True]}
    >>> reason_required(pd.DataFrame(row))["reason"].tolist()
    ['the grade is high though voices are negative or silent']
    """
    require(frame, "evidence")
    judgement, voices = words(frame, "judgement", JUDGEMENTS), words(frame, "voices", VOICES)
    improved, worsened = numbers(frame, "improved"), numbers(frame, "worsened")
    evidence = frame["evidence"].to_numpy(dtype=bool)
    none, low, high = judgement == 0, np.isin(judgement, (1, 2)), np.isin(judgement, (3, 4))
    place = np.select(
        [
            none & evidence,
            (low | high) & ~evidence,
            high & (worsened >= improved),
            high & np.isin(voices, (-1, VOICES.index("negative"), VOICES.index("silent"))),
            low & (improved > worsened) & (voices == VOICES.index("positive")),
        ],
        range(len(RULES)),
        -1,
    )
    return frame.assign(reason_required=place >= 0, reason=labels(place, RULES))
