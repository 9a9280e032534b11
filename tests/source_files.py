"""The project's own Python files, for the tests that read code rather than run it."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".venv", "venv", "node_modules", "build", "dist", "__pycache__"}


def python_files(root: Path = ROOT) -> list[Path]:
    """Every Python file that is, or is about to be, in the repository, by its path from the root; tests left out."""
    found = files_known_to_git(root) or [path.relative_to(root) for path in root.rglob("*.py")]
    ours = [path for path in found if not NOT_OURS & set(path.parts) and path.parts[0] != "tests"]
    return sorted(path for path in ours if (root / path).is_file())


def files_known_to_git(root: Path) -> list[Path]:
    """Nothing where there is no git or no repository, as in a folder unpacked from an archive."""
    question = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", "*.py"]
    try:
        answer = subprocess.run(question, cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return []
    return [Path(line) for line in answer.stdout.splitlines()]
