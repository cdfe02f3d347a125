"""Partner lists of many organisations: blocks of seekers, computed here, in several processes or on a cluster."""

from __future__ import annotations

import json
import mmap
import pickle
import tempfile
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TypeAlias

from madang_matching.blocks import ALONE, Workers, row_blocks, run_blocks
from madang_matching.errors import ClusterError, UnknownOrganisationError
from madang_matching.lists.both_sides import Combination
from madang_matching.partners.pairs import ROWS_AT_ONCE
from madang_matching.partners.suggestions import BOTH, partner_suggestions
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Partner
from madang_matching.scoring.ports import Scorer

Suggest: TypeAlias = Callable[[Iterable[str]], dict[str, list[Partner]]]
"""Gives the partner lists of some organisations by id, in the order asked."""

ALIGNED = 64
"""Bytes; where numpy likes its arrays to begin."""


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """All that the list of any organisation is made from."""

    profiles: Profiles
    limit: int
    scorer: Scorer | None
    both: Combination
    prices: Mapping[str, float] | None


@contextmanager
def partner_batches(
    profiles: Profiles,
    limit: int = 20,
    scorer: Scorer | None = None,
    both: Combination = BOTH,
    prices: Mapping[str, float] | None = None,
    workers: Workers = ALONE,
) -> Generator[Suggest]:
    """Yield what `partner_suggestions` gives, computed by the workers; the lists do not depend on who they are.

    For several workers everything is written once to a folder of the system's temporary folder (`TMPDIR`) that only
    this user may read, and removed at the end; workers map the arrays from there, so that they are in memory once per
    machine. Beside the arrays lies a pickle, the form in which processes and Dask exchange everything: written and read
    by this run alone, never kept. On a cluster of several machines `TMPDIR` names a folder that all of them see.

    Args:
        limit, scorer, both, prices: as of `partner_suggestions`.
        workers: who computes.

    Raises, when lists are asked for:
        UnknownOrganisationError: an id that the profiles do not hold.
        ClusterError: as of `run_blocks`, or workers do not see the folder.
    """
    work = _Work(profiles, limit, scorer, both, prices)
    if not workers.several:
        yield partial(_suggest, profiles, work, workers)
        return
    with tempfile.TemporaryDirectory(prefix="madang-partners-") as folder:
        yield partial(_suggest, profiles, _written(work, Path(folder)), workers)


def _suggest(
    profiles: Profiles, source: _Work | Path, workers: Workers, organisation_ids: Iterable[str]
) -> dict[str, list[Partner]]:
    lists: dict[str, list[Partner]] = {each: [] for each in organisation_ids}
    unknown = next((each for each in lists if each not in profiles.rows), None)
    if unknown is not None:
        raise UnknownOrganisationError(unknown)
    seekers = [each for each in lists if profiles.profiled[profiles.rows[each]]]
    blocks = [seekers[start:stop] for start, stop in row_blocks(len(seekers), ROWS_AT_ONCE)]
    try:
        for made in run_blocks(partial(_lists_of_block, source), blocks, workers):
            lists |= made
    except FileNotFoundError as missing:
        if workers.scheduler is None:
            raise
        problem = "its workers do not see the temporary folder; let TMPDIR name one that all machines share"
        raise ClusterError(workers.scheduler, problem) from missing
    return lists


def _lists_of_block(source: _Work | Path, seekers: Sequence[str]) -> dict[str, list[Partner]]:
    """Return the lists of one block; runs in any process."""
    work = _mapped(source) if isinstance(source, Path) else source
    return partner_suggestions(work.profiles, seekers, work.limit, work.scorer, work.both, work.prices)


def _written(work: _Work, folder: Path) -> Path:
    """Write without the texts and vectors that lists do not read, and with the matrices that are derived once.

    `arrays` holds them one after the other, each from a multiple of `ALIGNED` bytes on, `spans.json` where they stand.
    """
    profiles = replace(work.profiles, new_vectors={}, source_texts={}, text_vectors={})
    for owner in (profiles, profiles.network):
        for name, attribute in vars(type(owner)).items():
            if isinstance(attribute, cached_property):
                getattr(owner, name)
    arrays: list[pickle.PickleBuffer] = []
    without_arrays = pickle.dumps(replace(work, profiles=profiles), protocol=5, buffer_callback=arrays.append)
    spans: list[tuple[int, int]] = []
    with (folder / "arrays").open("xb") as file:
        for array in arrays:
            file.write(bytes(-file.tell() % ALIGNED))
            start = file.tell()
            file.write(array.raw())
            spans.append((start, file.tell()))
        file.write(b"end")  # an empty file cannot be mapped
    (folder / "spans.json").write_text(json.dumps(spans), encoding="ascii")
    (folder / "without-arrays.pickle").write_bytes(without_arrays)
    return folder


@lru_cache(maxsize=1)
def _mapped(folder: Path) -> _Work:
    """Return the work, its arrays mapped read-only; a process keeps that of its latest run."""
    with (folder / "arrays").open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    spans = json.loads((folder / "spans.json").read_text(encoding="ascii"))
    without_arrays = (folder / "without-arrays.pickle").read_bytes()
    arrays = [whole[start:stop] for start, stop in spans]
    return pickle.loads(without_arrays, buffers=arrays)  # noqa: S301  # written by this run, for this user alone
