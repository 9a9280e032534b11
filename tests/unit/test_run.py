"""run.py on a healthy machine, and the one sentence that it says on each kind of ailing one."""

import ast
import errno
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import run

RUN = Path(run.__file__)
NOWHERE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of run.py in a folder of its own, with nothing to install."""
    shutil.copy(RUN, tmp_path)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("")
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def run_after(project: Path, preparation: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run the project's run.py as a program, after a line of Python that makes the machine ail."""
    start = (
        f"import runpy, sys; sys.argv[:1] = ['run.py']; {preparation}; runpy.run_path('run.py', run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", start, *arguments],
        cwd=project, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def assert_one_sentence(done: subprocess.CompletedProcess, *parts: str) -> None:
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert all(part in done.stderr for part in parts)


def half_made(venv: Path) -> None:
    """What is there when the first start was killed: a Python that cannot be relied on, and the mark."""
    run.python_in(venv).parent.mkdir(parents=True)
    run.python_in(venv).touch()
    (venv / run.UNFINISHED).touch()


# On ailing machines


def test_old_python_is_told_so(project: Path) -> None:
    done = run_after(project, "sys.version_info = (3, 8, 10, 'final', 0)")
    assert_one_sentence(done, "Python 3.11 or newer", "Python 3.8")


def test_old_python_can_read_the_file() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_old_python_gets_as_far_as_the_sentence() -> None:
    """Only what Python 3.6 has may be run before the version is checked."""
    docstring, first_import, check = ast.parse(RUN.read_text(encoding="utf-8")).body[:3]
    assert isinstance(docstring, ast.Expr) and isinstance(check, ast.If)
    assert ast.unparse(first_import) == "import sys" and "version_info" in ast.unparse(check.test)


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_python_without_venv_is_told_what_to_install(project: Path, module: str) -> None:
    done = run_after(project, f"sys.modules['{module}'] = None", "--port", "18501")
    assert_one_sentence(done, "venv and ensurepip", "apt install python3-venv")
    assert not (project / ".venv").exists()


def test_taken_port_is_named(project: Path, taken_port: int) -> None:
    done = run_after(project, "pass", "--port", str(taken_port))
    assert_one_sentence(done, f"Port {taken_port} is already in use", "--port")


def test_taken_port_from_the_environment_is_named(project: Path, taken_port: int) -> None:
    done = run_after(project, "pass", CONSENSUS_PORT=str(taken_port))
    assert_one_sentence(done, f"Port {taken_port} is already in use")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "web", "8501.0"])
def test_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSENSUS_PORT", port)
    with pytest.raises(run.Stop, match=f'whole number from 1 to 65535, and "{port}" is not'):
        run.wanted_port([])


def test_reserved_port_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(run, "listen", refuse)
    with pytest.raises(run.Stop, match="Port 80 may not be used: choose another, for example with --port 8501"):
        run.refuse_taken(80)


def test_missing_ipv6_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")

    monkeypatch.setattr(run, "listen", refuse)
    run.refuse_taken(8501)


def test_failed_environment_gives_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "Error: no space left on device\n")
    monkeypatch.setattr(run, "call", lambda *_: failed)
    with pytest.raises(run.Stop, match="Could not make the virtual environment .venv .Error: no space left"):
        run.make(tmp_path / ".venv")


def test_no_network_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NOWHERE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    venv = Path(sys.prefix)
    monkeypatch.setattr(run, "UNFINISHED", "unfinished-in-a-test")
    (tmp_path / "requirements.txt").write_text("a-package-that-nobody-has==1.0\n")
    with pytest.raises(run.Stop) as stop:
        run.install(venv, tmp_path / "requirements.txt")
    assert "no package index answered" in str(stop.value)
    assert "ERROR: No matching distribution found for a-package-that-nobody-has==1.0" in str(stop.value)
    assert not (venv / run.UNFINISHED).exists()


def test_unreadable_requirements_give_pips_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "UNFINISHED", "unfinished-in-a-test")
    (tmp_path / "requirements.txt").write_text("not a requirement\n")
    with pytest.raises(run.Stop) as stop:
        run.install(Path(sys.prefix), tmp_path / "requirements.txt")
    assert str(stop.value).startswith("Could not install the packages in requirements.txt (pip's last line: ERROR:")


def test_killed_pip_leaves_the_environment_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").write_text("")
    monkeypatch.setattr(run, "call", lambda *_: subprocess.CompletedProcess([], -9, "", ""))
    with pytest.raises(run.Stop, match="no reason was given"):
        run.install(tmp_path, tmp_path / "requirements.txt")
    assert (tmp_path / run.UNFINISHED).exists()


def test_fault_of_the_machine_is_one_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run, "command", no_space)
    monkeypatch.chdir(project)
    assert run.main([], project) == 1
    assert capsys.readouterr().err == "Could not start ([Errno 28] No space left on device).\n"


def test_ctrl_c_ends_quietly(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "command", interrupt)
    monkeypatch.chdir(project)
    assert run.main([], project) == 130
    assert capsys.readouterr() == ("", "")


# On healthy ones


def test_half_made_environment_is_made_again_and_then_left_alone(project: Path, capsys: pytest.CaptureFixture) -> None:
    half_made(project / ".venv")
    python = run.ready(project, "requirements.txt")
    assert subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    assert "Making the virtual environment" in capsys.readouterr().out
    assert run.ready(project, "requirements.txt") == python
    assert capsys.readouterr().out == ""
    (project / "requirements.txt").write_text("# changed\n")
    run.ready(project, "requirements.txt")
    assert capsys.readouterr().out.startswith("Installing the packages in requirements.txt")


def test_stamp_changes_with_the_file_and_the_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("a==1")
    first = run.digest(file)
    file.write_text("a==2")
    second = run.digest(file)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert len({first, second, run.digest(file)}) == 3


def test_environment_keeps_its_python_where_the_system_wants_it() -> None:
    assert run.python_in(Path(".venv"), "nt") == Path(".venv/Scripts/python.exe")
    assert run.python_in(Path(".venv"), "posix") == Path(".venv/bin/python")


def test_commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ready", lambda root, requirements: f"python with {requirements}")
    monkeypatch.setattr(run, "refuse_taken", lambda port: None)
    start = ["python with requirements.txt", "-m", "streamlit", "run", "--server.port"]
    assert run.command(project, []) == [*start, "8501", "server.py"]
    assert run.command(project, ["--port", "8600"]) == [*start, "8600", "server.py"]
    assert run.command(project, ["test", "-x", "--port"]) == [
        *("python with requirements-dev.txt", "-m", "pytest", *run.SIDE_BY_SIDE, "-x", "--port")
    ]


def test_port_on_the_command_line_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSENSUS_PORT", "8700")
    assert run.wanted_port([]) == 8700
    assert run.wanted_port(["--port", "8800"]) == 8800


def test_windows_waits_for_the_child_and_passes_its_exit_code_on() -> None:
    assert run.run_and_wait([sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_windows_ctrl_c_is_left_to_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    class Child:
        answers = iter([KeyboardInterrupt(), 0])

        def wait(self) -> int:
            if isinstance(answer := next(self.answers), KeyboardInterrupt):
                raise answer
            return answer

    monkeypatch.setattr(subprocess, "Popen", lambda program: Child())
    assert run.run_and_wait(["streamlit"]) == 0


def test_help_names_both_commands(project: Path) -> None:
    done = run_after(project, "pass", "--help")
    assert done.returncode == 0
    assert "python3 run.py test" in done.stdout and "--port" in done.stdout


def test_unknown_word_is_refused_without_traceback(project: Path) -> None:
    done = run_after(project, "pass", "tset")
    assert done.returncode == 2
    assert "unrecognized arguments: tset" in done.stderr and "Traceback" not in done.stderr
