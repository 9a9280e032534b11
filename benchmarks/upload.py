"""How fast a million rows are checked, compared and stored, beside the bare read and two peers in the same run.

    python benchmarks/upload.py            a table
    python benchmarks/upload.py --json     one JSON line

Peers: DuckDB's `read_csv` into a table (the limit: nothing is checked), a pandera schema on a pandas frame, and
`frictionless validate`, each with the same rules as far as it can say them (`pip install pandera frictionless`;
without one of them its line is left out and the run says so). Each contestant runs in a process of its own, on a store
in a file; seconds are the fastest of several runs, from the bytes on disk to the last row kept or judged. Memory is the
most that the process had in use, with what it had before the file was opened beside it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# A file is run with its own folder first on the path, where this file would hide the package of the same name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.contestants import CONTESTANTS, FRICTIONLESS, LIMIT, PANDERA, ROWS, sending, write  # noqa: E402

RUNS = 3


def memory(field: str) -> int:
    """Bytes in use now (`VmRSS`) or at most so far (`VmHWM`), as Linux counts them; the most elsewhere."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(field)) * 1024


def meanwhile(folder: Path) -> dict[str, float]:
    """Seconds of the Overview's query by itself, and at worst while another session checks and stores a large file."""
    from threading import Thread

    from data import queries
    from data.catalogue import load
    from data.settings import Settings
    from data.workspace import open_workspace

    database, catalogue = folder / "meanwhile.duckdb", load()
    connection = open_workspace(Settings(str(database), "demonstration"), catalogue)
    version = queries.current(connection)["version"]
    reader = connection.cursor()

    def ask() -> float:
        begun = time.perf_counter()
        queries.observations(reader, version)
        return time.perf_counter() - begun

    alone = sorted(ask() for _ in range(20))
    upload = Thread(target=sending(connection, catalogue, folder / "a.csv"))
    upload.start()
    during = []
    while upload.is_alive():
        during.append(ask())
        time.sleep(0.05)
    return {"alone": alone[10], "during": sorted(during)[len(during) // 2], "worst": max(during), "asked": len(during)}


def compete(name: str, folder: Path) -> None:
    """Run one contestant once in this process and print what it took."""
    run = CONTESTANTS[name](folder)
    before = memory("VmRSS")
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the most so far starts again from now
    except OSError:
        pass
    begun = time.perf_counter()
    run()
    print(json.dumps({"seconds": time.perf_counter() - begun, "before": before, "peak": memory("VmHWM")}))


def of_process(*arguments: str) -> str:
    """The last line that this file prints when it is run with the arguments in a process of its own."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=sys.path[0], env=os.environ)
    if "ModuleNotFoundError" in done.stderr and arguments[1] in (PANDERA, FRICTIONLESS):
        raise ModuleNotFoundError(arguments[1])
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.splitlines()[-1]


def outcome(name: str, folder: Path) -> dict[str, float] | None:
    """The fastest run of a contestant and the most memory of any; None when its package is not installed."""
    runs = []
    for _ in range(1 if name == FRICTIONLESS else RUNS):
        try:
            runs.append(json.loads(of_process("--contestant", name, str(folder))))
        except ModuleNotFoundError:
            return None
    return {
        "seconds": min(run["seconds"] for run in runs),
        "before": max(run["before"] for run in runs),
        "peak": max(run["peak"] for run in runs),
    }


def main() -> None:
    if "--meanwhile" in sys.argv:
        print(json.dumps(meanwhile(Path(sys.argv[2]))))
        return
    if "--contestant" in sys.argv:
        compete(sys.argv[2], Path(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "a.csv")
        write(folder / "b.csv", revised=True)
        size = (folder / "a.csv").stat().st_size
        found = {name: outcome(name, folder) for name in CONTESTANTS}
        others = json.loads(of_process("--meanwhile", str(folder)))
    if "--json" in sys.argv:
        print(json.dumps({"rows": ROWS, "bytes": size, "contestants": found, "meanwhile": others}))
        return
    print(f"{ROWS:,} rows, {size / 1e6:.1f} MB, {os.cpu_count()} processors")
    print(f"{'':45}{'seconds':>9}{'× limit':>9}{'peak MB':>9}{'× file':>8}{'idle MB':>9}")
    limit = found[LIMIT]
    for name, line in found.items():
        if line is None or limit is None:
            print(f"{name:45}left out: the package is not installed")
            continue
        print(
            f"{name:45}{line['seconds']:9.2f}{line['seconds'] / limit['seconds']:9.1f}{line['peak'] / 1e6:9.0f}"
            f"{line['peak'] / size:8.1f}{line['before'] / 1e6:9.0f}"
        )
    print(
        f"another person's query of all observations: {others['alone']:.3f} s alone, {others['during']:.3f} s (worst "
        f"{others['worst']:.3f}) while the file is checked and stored, asked {others['asked']:.0f} times"
    )


if __name__ == "__main__":
    main()
