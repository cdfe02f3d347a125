"""From results of the matching to rows of the graph."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import orjson
from madang_graph.ids import new_id
from madang_graph.writes.clusters import ClusterRow
from madang_graph.writes.lists import FitRow, Lists, PartnerRow
from madang_matching.records import Clusters, Fit, Partner

from madang_server.matches.snapshot import Read

FITS_SHOWN = 50
PARTNERS_SHOWN = 20


def new_version(taken_at: datetime, *, basic: bool) -> str:
    """Return a fresh version, as in 20260301T021500Z-1f3a; with `basic-` before it when the encoder or the
    model was broken."""
    stem = f"{taken_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    return f"basic-{stem}" if basic else stem


@dataclass(frozen=True, slots=True)
class Made:
    """What lists were made by."""

    version: str
    """Of the lists."""
    model: str
    """Of the model; empty: basic matching."""


def lists_of(
    read: Read,
    made: Made,
    organisation_id: str,
    fits: Sequence[Fit],
    partners: Sequence[Partner],
    verdicts: Mapping[str, Sequence[str]] | None = None,
) -> Lists:
    """Return one version of the lists; private organisations are left out of the partners, ranks stay without gaps."""
    shown = [partner for partner in partners if partner.organisation_id not in read.private][:PARTNERS_SHOWN]
    ranked = [replace(partner, rank=rank) for rank, partner in enumerate(shown, start=1)]
    return Lists(
        organisation_id,
        made.version,
        read.snapshot.taken_at,
        [_fit_row(fit) for fit in fits],
        [_partner_row(each) for each in ranked],
        made.model,
        verdicts,
    )


def cluster_row(district_id: str, version: str, computed_at: datetime, clusters: Clusters) -> ClusterRow:
    """Return one version of a district's cluster graph."""
    return ClusterRow(
        district_id=district_id,
        id=new_id("clu_"),
        version=version,
        computed_at=computed_at,
        positions=clusters.positions,
        edges=clusters.edges,
        communities=_json(clusters.communities),
    )


def _fit_row(fit: Fit) -> FitRow:
    return FitRow(
        fit.call_id,
        fit.rank,
        fit.score,
        fit.verdict,
        _json([each._asdict() for each in fit.conditions]),
        _json(fit.reasons),
    )


def _partner_row(partner: Partner) -> PartnerRow:
    return PartnerRow(partner.organisation_id, partner.rank, partner.score, _json(partner.reasons))


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
