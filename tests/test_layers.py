"""Who may import whom, where SQL may stand, and what nobody may call: read from the code, not run."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.source_files import ROOT, python_files


@dataclass(frozen=True)
class Layer:
    """What a folder (or a file in the root) may import, besides itself and the standard library."""

    may_import: set[str]
    # Parts of the standard library that the layer goes without, and calls that it does not make.
    without: set[str] = field(default_factory=set)
    never_calls: set[str] = field(default_factory=set)


FILES_AND_CLOCK = {"csv", "glob", "io", "os", "pathlib", "shutil", "socket", "sqlite3", "subprocess", "time"}
READS_FILES = {"open", "read_csv", "read_excel", "read_json", "read_parquet", "read_table", "read_text", "read_bytes"}
READS_CLOCK = {"now", "today", "utcnow", "time_ns", "monotonic"}
READS_CSV = {"read_csv", "read_table", "read_fwf", "from_csv_auto"}

LAYERS = {
    # Bytes to checked frame to DuckDB to frames: no Streamlit, no Plotly, no statistics.
    "data": Layer({"duckdb", "numpy", "openpyxl", "pandas", "pyarrow"}, without={"statistics"}),
    # Frame in, frame out: the same frame must always give the same numbers.
    "metrics": Layer({"numpy", "pandas", "scipy"}, without=FILES_AND_CLOCK, never_calls=READS_FILES | READS_CLOCK),
    # Frame in, figure and sentence out: usable without the dashboard.
    "charts": Layer({"numpy", "pandas", "plotly"}, without=FILES_AND_CLOCK, never_calls=READS_FILES),
    # Pieces that pages share: no SQL, no statistics. What leaves the program as a whole is made in reports.
    "components": Layer(
        {"charts", "data", "metrics", "pandas", "plotly", "reports", "streamlit"},
        without={"csv", "sqlite3", "statistics"},
        never_calls=READS_CSV,
    ),
    # Steps read top to bottom: no SQL, no statistics, no CSV parsing.
    "pages": Layer(
        {"charts", "components", "data", "metrics", "pandas", "reports", "streamlit"},
        without={"csv", "sqlite3", "statistics"},
        never_calls=READS_CSV,
    ),
    # The same frames and sentences on paper: no Streamlit. The pack is drawn and written without a browser.
    "reports": Layer(
        {"charts", "data", "docx", "limits", "matplotlib", "metrics", "pandas", "plotly", "typst"},
        without={"sqlite3", "statistics"},
    ),
    # The router, what run.py starts, and the program that must run before anything is installed.
    "dashboard.py": Layer({"components", "data", "streamlit"}, without={"csv", "sqlite3", "statistics"}),
    "server.py": Layer(
        {"anyio", "data", "reports", "starlette", "streamlit"}, without={"csv", "sqlite3", "statistics"}
    ),
    "run.py": Layer(set()),
    # Examples for those who took the data away: they know nothing of this program, only its files.
    "docs": Layer({"pandas"}, without={"sqlite3"}),
}
# Peers that the product is measured against are imported here and nowhere else.
FREE = {"benchmarks"}

# Ways to run text as code, which text from a person could reach, or to import behind this test's back.
FORBIDDEN_NAMES = {"eval", "exec", "__import__", "import_module", "unsafe_allow_html"}
FORBIDDEN_IMPORTS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}


def layer_of(path: Path) -> str:
    return path.parts[0]


def imported(tree: ast.Module) -> Iterator[str]:
    """The top-level name of each module that is imported anywhere in the file; its own package's are left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


def called(tree: ast.Module) -> Iterator[str]:
    """The last part of the name of each thing that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


def mentioned(tree: ast.Module) -> Iterator[str]:
    """Every name, attribute and keyword argument in the file."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.ImportFrom(names=aliases):
                yield from (alias.name for alias in aliases)


def wrong_imports(name: str, layer: Layer, tree: ast.Module) -> list[str]:
    standard = set(sys.stdlib_module_names) - layer.without
    allowed = layer.may_import | standard | {name}
    return [f"imports {module}" for module in sorted(set(imported(tree)) - allowed)]


def breaches(path: Path, source: str) -> list[str]:
    """A sentence for each rule that the file breaks."""
    name, tree = layer_of(path), ast.parse(source)
    if name in FREE:
        return []
    if name not in LAYERS:
        return [f"{path}: {name} has no row in the table of layers"]
    layer = LAYERS[name]
    calls = [f"calls {call}" for call in sorted(set(called(tree)) & layer.never_calls)]
    return [f"{path} {breach}" for breach in wrong_imports(name, layer, tree) + calls + dangers(tree)]


def dangers(tree: ast.Module) -> list[str]:
    names = sorted(name for name in set(mentioned(tree)) if name in FORBIDDEN_NAMES or "pickle" in name.lower())
    modules = sorted(set(imported(tree)) & FORBIDDEN_IMPORTS)
    return [f"uses {name}" for name in names] + [f"imports {module}, which runs what it reads" for module in modules]


def test_every_file_keeps_to_its_layer() -> None:
    found = [breach for path in python_files() for breach in breaches(path, (ROOT / path).read_text(encoding="utf-8"))]
    assert "\n".join(found) == ""


@pytest.mark.parametrize(
    ("path", "source", "breach"),
    [
        ("data/a.py", "import streamlit as st", "imports streamlit"),
        ("data/a.py", "from plotly import graph_objects", "imports plotly"),
        ("data/deep/a.py", "def f():\n    import scipy.stats", "imports scipy"),
        ("data/a.py", "import statistics", "imports statistics"),
        ("data/a.py", "import metrics.rates", "imports metrics"),
        ("metrics/a.py", "import duckdb", "imports duckdb"),
        ("metrics/a.py", "from pathlib import Path", "imports pathlib"),
        ("metrics/a.py", "import datetime\ndatetime.date.today()", "calls today"),
        ("metrics/a.py", "open('a')", "calls open"),
        ("charts/a.py", "import streamlit", "imports streamlit"),
        ("charts/a.py", "from data import queries", "imports data"),
        ("components/a.py", "import duckdb", "imports duckdb"),
        ("components/a.py", "import scipy", "imports scipy"),
        ("pages/a.py", "import numpy as np", "imports numpy"),
        ("pages/a.py", "import csv", "imports csv"),
        ("pages/a.py", "import pandas as pd\npd.read_csv('a')", "calls read_csv"),
        ("reports/a.py", "import streamlit", "imports streamlit"),
        ("run.py", "import streamlit", "imports streamlit"),
        ("docs/how-to/a.py", "from data import queries", "imports data"),
        ("server.py", "import duckdb", "imports duckdb"),
        ("extras/a.py", "", "no row in the table"),
        ("pages/a.py", "st.markdown(x, unsafe_allow_html=True)", "uses unsafe_allow_html"),
        ("data/a.py", "eval('1')", "uses eval"),
        ("data/a.py", "frame.eval('a + b')", "uses eval"),
        ("data/a.py", "exec(text)", "uses exec"),
        ("data/a.py", "import pickle", "which runs what it reads"),
        ("data/a.py", "frame.to_pickle('a')", "uses to_pickle"),
        ("data/a.py", "from importlib import import_module", "uses import_module"),
    ],
)
def test_breach_is_found(path: str, source: str, breach: str) -> None:
    assert any(breach in found for found in breaches(Path(path), source))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("data/deep/a.py", "import csv, duckdb, pandas\nfrom data.errors import UserError\nfrom . import b"),
        ("metrics/a.py", "import numpy as np\nfrom scipy import stats\nfrom metrics import columns\nimport math"),
        ("charts/a.py", "import plotly.graph_objects as go\nimport pandas"),
        ("components/a.py", "import streamlit as st\nfrom charts import trend"),
        ("pages/a.py", "import streamlit as st\nfrom data import queries\nfrom metrics import rates\nframe.to_csv()"),
        ("run.py", "import venv, socket"),
        ("benchmarks/a.py", "import streamlit, statistics, PHStatsMethods"),
    ],
)
def test_allowed_file_passes(path: str, source: str) -> None:
    assert breaches(Path(path), source) == []


def test_planted_breach_is_found_among_files(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "fine.py").write_text("import streamlit")
    (tmp_path / "pages" / "planted.py").write_text("import duckdb")
    found = [breach for path in python_files(tmp_path) for breach in breaches(path, (tmp_path / path).read_text())]
    assert found == [f"{Path('pages/planted.py')} imports duckdb"]
