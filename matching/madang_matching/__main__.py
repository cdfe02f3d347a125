"""The engine on a folder of tables: `rank EXPORT_DIR RANKING.csv` and `evaluate EXPORT_DIR`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from madang_matching.errors import MatchingError
from madang_matching.exports import read_export
from madang_matching.text.encoder import UniversalEncoder


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 where the export or the output is at fault."""
    chosen = _parser().parse_args(arguments)
    began = time.perf_counter()
    try:
        export = read_export(chosen.export)
        if chosen.command == "rank":
            from madang_matching.exports.rankings import rank_export, write_rankings

            rows = write_rankings(chosen.ranking, rank_export(export, UniversalEncoder(), chosen.seed))
            print(f"{rows:,} rows for {len(export.queries):,} queries, {time.perf_counter() - began:.0f} s")
        else:
            from madang_matching.exports.evaluations import evaluate_export

            for line in evaluate_export(export, UniversalEncoder(), chosen.seed):
                print(line, flush=True)
    except MatchingError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m madang_matching", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    rank = commands.add_parser("rank", help="rank the candidates of every query of an export")
    evaluate = commands.add_parser("evaluate", help="measure the engine on the history of an export")
    for each in (rank, evaluate):
        each.add_argument("export", type=Path, metavar="EXPORT_DIR", help="folder with task.json and seven tables")
        each.add_argument("--seed", type=int, default=0)
    rank.add_argument("ranking", type=Path, metavar="RANKING.csv", help="query_id, candidate_id, rank")
    return parser


if __name__ == "__main__":
    sys.exit(main())
