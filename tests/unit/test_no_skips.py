"""In CI a skip is a failure, wherever it comes from; elsewhere it is a skip, and an expected failure stays one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"

SKIPPING = """
import pytest

@pytest.fixture
def nothing():
    pytest.skip("no browser here")

def test_in_the_test(): pytest.skip("not today")
def test_in_the_fixture(nothing): pass
@pytest.mark.skipif(True, reason="wrong system")
def test_by_mark(): pass
@pytest.mark.xfail(reason="known")
def test_expected_failure(): assert False
def test_passing(): pass
"""


def outcome(folder: Path, source: str, ci: str) -> subprocess.CompletedProcess:
    shutil.copy(CONFTEST, folder)
    (folder / "test_it.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    environment = os.environ | {"CI": ci}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("ci", ["true", "1"])
def test_skips_fail_in_ci(tmp_path: Path, ci: str) -> None:
    done = outcome(tmp_path, SKIPPING, ci)
    assert done.returncode == 1
    assert "1 failed, 1 passed, 1 xfailed, 2 errors" in done.stdout
    assert all(f"nothing may be skipped. Skipped: {why}" in done.stdout for why in ("not today", "no browser here"))


@pytest.mark.parametrize("ci", ["", "false", "0"])
def test_skips_are_skips_elsewhere(tmp_path: Path, ci: str) -> None:
    done = outcome(tmp_path, SKIPPING, ci)
    assert done.returncode == 0
    assert "1 passed, 3 skipped, 1 xfailed" in done.stdout


def test_file_that_skips_itself_fails_in_ci(tmp_path: Path) -> None:
    source = "import pytest\npytest.importorskip('a_module_that_nobody_has')\ndef test_it(): pass\n"
    assert outcome(tmp_path, source, "").returncode == 5
    done = outcome(tmp_path, source, "true")
    assert done.returncode not in (0, 5) and "nothing may be skipped" in done.stdout
