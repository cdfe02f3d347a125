"""Make the compact files of `landscape` and `horizon`: `python -m madang_seeds.packing SOURCES TARGET`.

SOURCES holds the folders `lf_landscape` and `h2020_participation` with the files that NOTICE names. Run once by hand;
what it writes is committed, so that a load needs no network.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from madang_seeds.sole_traders import is_person_like

DROPPED_PROGRAMME = "The Linux Foundation"
"""Every member has it, so that it says nothing."""
PARTICIPATION_FILES = 2
_COUNTRIES = {"UK": "GB", "EL": "GR", "": "NA"}
"""The EU's codes to ISO 3166; Namibia's NA was lost as a missing value."""


_ROLES = {"coordinator": "co", "participant": "pa", "partner": "pt"}


def _read(path: Path) -> Iterator[dict[str, str]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""))


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    # No time stamp, so that the same input gives the same file.
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def pack_landscape(sources: Path, target: Path) -> None:
    """Write organisations, programmes and memberships of the Linux Foundation's consortia."""
    folder = sources / "lf_landscape" / "dev"
    _write(
        target / "landscape_organisations.csv.gz",
        ("key", "name", "homepage", "tier", "month", "description"),
        (
            (row["org_key"], row["name"], row["homepage"], row["lf_tier"], row["description_month"], row["description"])
            for row in _read(folder / "organisations.csv")
        ),
    )
    _write(
        target / "landscape_programmes.csv.gz",
        ("programme", "homepage", "industry", "technology", "accepted", "description"),
        (
            tuple(row[name] for name in ("programme", "homepage", "industry", "technology", "accepted", "description"))
            for row in _read(folder / "programmes.csv")
            if row["programme"] != DROPPED_PROGRAMME
        ),
    )
    _write(
        target / "landscape_memberships.csv.gz",
        ("key", "programme", "since", "until"),
        (
            (
                row["org_key"],
                row["programme"],
                row["first_seen"],
                "" if row["open_at_end"] == "True" else row["last_seen"],
            )
            for row in _read(folder / "memberships.csv")
            if row["programme"] != DROPPED_PROGRAMME
        ),
    )


def pack_horizon(sources: Path, target: Path) -> None:
    """Write organisations, projects and participations of Horizon 2020; names of sole traders are left out."""
    folder = sources / "h2020_participation" / "dev"
    participations = sorted(_read(folder / "participations.csv.gz"), key=lambda row: (int(row["rcn"]), int(row["pic"])))
    names = {row["pic"]: row["name"] for row in _read(folder / "org_names_mid2017.csv.gz")}
    parts: dict[str, list[str]] = defaultdict(list)
    for row in _read(folder / "programme_parts.csv.gz"):
        parts[row["rcn"]].append(row["programme_part"])
    _write(
        target / "horizon_organisations.csv.gz",
        ("pic", "type", "country", "name"),
        _organisations(participations, names),
    )
    _write(
        target / "horizon_projects.csv.gz",
        ("rcn", "start", "end", "eur", "size", "parts"),
        _projects(participations, parts),
    )
    share = -(-len(participations) // PARTICIPATION_FILES)
    for number in range(PARTICIPATION_FILES):
        chosen = participations[number * share : (number + 1) * share]
        _write(
            target / f"horizon_participations_{number + 1}.csv.gz",
            ("rcn", "pic", "role", "eur"),
            ((row["rcn"], row["pic"], _ROLES[row["role"]], _whole(row["contribution"])) for row in chosen),
        )


def _organisations(
    participations: Sequence[Mapping[str, str]], names: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    projects = Counter(row["pic"] for row in participations)
    first = {row["pic"]: row for row in reversed(participations)}
    dropped = 0
    for pic in sorted(first, key=int):
        row, name = first[pic], " ".join(names.get(pic, "").split())
        if name and is_person_like(name, row["type"], projects[pic]):
            name, dropped = "", dropped + 1
        yield pic, row["type"], _COUNTRIES.get(row["country"], row["country"]), name
    print(f"names left out, because they may be persons': {dropped}")


def _projects(
    participations: Sequence[Mapping[str, str]], parts: Mapping[str, Sequence[str]]
) -> Iterator[tuple[object, ...]]:
    sizes = Counter(row["rcn"] for row in participations)
    for rcn, row in {row["rcn"]: row for row in participations}.items():
        yield (
            rcn,
            row["start_date"],
            row["end_date"],
            _whole(row["max_contribution"]),
            sizes[rcn],
            "|".join(sorted(set(parts.get(rcn, ())))),
        )


def _whole(amount: str) -> str:
    return str(round(float(amount))) if amount else ""


if __name__ == "__main__":
    pack_landscape(Path(sys.argv[1]), Path(sys.argv[2]))
    pack_horizon(Path(sys.argv[1]), Path(sys.argv[2]))
