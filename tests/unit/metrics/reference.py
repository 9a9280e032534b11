"""Reads the reference numbers, and compares with them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "reference"


def read(name: str) -> pd.DataFrame:
    """A table of reference numbers."""
    return pd.read_csv(FOLDER / name)


def rules() -> list[dict[str, Any]]:
    """The cases of the single control chart rules."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "control_rules.json").read_text(encoding="utf-8"))
    return found


def assert_close(found: "pd.Series[float]", expected: "pd.Series[float]", tolerance: float = 1e-9) -> None:
    """Equal to a relative tolerance, and missing in the same places."""
    np.testing.assert_allclose(found.to_numpy(float), expected.to_numpy(float), rtol=tolerance, atol=1e-12)
