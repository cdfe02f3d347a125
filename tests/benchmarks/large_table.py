"""Print how long a user's table takes to load, and the importer's memory, which must not grow with the rows.

    python tests/benchmarks/large_table.py [rows ...]        200,000 and a tenth of it by default

Runs its own Neo4j in a temporary folder.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from import_kills import IMPORTER, Trial
from madang_server.local.processes import end

_REPORT_MEMORY = """
import atexit, resource
atexit.register(lambda: print("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB"))
"""
_HEADER = ["번호", "회사명", "설립일", "종업원수", "매출액", "소개"]


def write_table(path: Path, rows: int) -> None:
    """Write a CSV in CP949 whose every thousandth row has a bad date."""
    with path.open("w", encoding="cp949", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        for n in range(rows):
            day = "언젠가" if n % 1_000 == 999 else f"20{n % 25:02}.{n % 12 + 1}.{n % 28 + 1}"
            writer.writerow(
                [n, f"시험기업{n}", day, f"{n % 900 + 1:,}", f"{n % 50 + 1}억", "정밀 부품을 만듭니다. " * 3]
            )


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [20_000, 200_000]
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial("table", Path(folder) / "neo4j")
        try:
            trial.prepare()
            for rows in sizes:
                measure(trial, Path(folder) / f"firms{rows}.csv", rows)
        finally:
            end([trial.running.child])


def measure(trial: Trial, path: Path, rows: int) -> None:
    """Load one table in a process of its own and print its time, its peak memory, and what it said at its end."""
    write_table(path, rows)
    code = f"{_REPORT_MEMORY}\n{IMPORTER}"
    environment = {**os.environ, "NEO4J_URI": trial.running.uri, "NEO4J_PASSWORD": trial.password}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=environment, capture_output=True, text=True, check=True
    )
    said = done.stdout.strip().splitlines()
    size_mb, seconds = path.stat().st_size / 1e6, time.monotonic() - began
    print(f"{rows:,} rows, {size_mb:.0f} MB: {seconds:.1f} s; {said[-1]}; {said[-2].strip()}", flush=True)


if __name__ == "__main__":
    main()
