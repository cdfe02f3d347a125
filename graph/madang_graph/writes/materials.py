"""What the matching reads of an organisation or a call, as a digest: whether one has changed since somebody refused it.

Read are the words and labels that suggestions rest on. Figures such as revenue or the number of people, names, and
contact data are left out: they change every year and make nobody another partner.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, LiteralString, cast

from madang_graph.model.suggestions import CALL_PARTS

if TYPE_CHECKING:
    from madang_graph.client import Graph, Row, Transaction

_TIMEOUT_S = 50.0

_ORGANISATIONS: LiteralString = """
UNWIND $ids AS id
MATCH (o:Organisation {id: id})
RETURN o.id, [
  o.kind, o.summary_ko, o.summary_en, o.industry_code, o.stage,
  COLLECT { MATCH (o)-[:LOCATED_IN]->(d:District) RETURN d.id ORDER BY d.id },
  COLLECT { MATCH (o)-[:USES]->(t:Technology) RETURN t.id ORDER BY t.id },
  COLLECT { MATCH (o)-[:SEEKS]->(n:Need) WHERE coalesce(n.state, 'open') = 'open' RETURN n.text ORDER BY n.text },
  COLLECT { MATCH (o)-[:OFFERS]->(f:Offer) RETURN f.text ORDER BY f.text }
]
"""

_CALLS: LiteralString = """
UNWIND $ids AS id
MATCH (c:Call {id: id})
RETURN c.id, [
  c.name_ko, c.name_en, c.summary_ko, c.summary_en, c.purposes, c.rules,
  COLLECT { MATCH (c)-[:ABOUT]->(t:Technology) RETURN t.id ORDER BY t.id }
]
"""


# In the order of `CALL_PARTS`.
_CALL_PARTS: LiteralString = """
UNWIND $ids AS id
MATCH (c:Call {id: id})
RETURN c.id, [
  [c.name_ko, c.name_en, c.summary_ko, c.summary_en, c.purposes,
    COLLECT { MATCH (c)-[:ABOUT]->(t:Technology) RETURN t.id ORDER BY t.id }],
  [c.opens_at], [c.closes_at, c.rolling, c.until_funds], [c.amount_max_won, c.own_share], [c.rules]
]
"""


async def call_parts(transaction: Transaction, call_id: str) -> dict[str, str]:
    """Return the digests of a call by part, as in `CALL_PARTS`; none for an unknown one."""
    rows = await transaction.run(_CALL_PARTS, {"ids": [call_id]})
    return _parts(rows[0][1]) if rows else {}


async def read_call_parts(graph: Graph, call_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """As `call_parts`, of several and outside a transaction, by id."""
    rows = await graph.read(_CALL_PARTS, {"ids": list(call_ids)}, timeout_s=_TIMEOUT_S) if call_ids else []
    return {identity: _parts(values) for identity, values in rows}


def _parts(values: Sequence[object]) -> dict[str, str]:
    return {name: digest_of(value) for name, value in zip(CALL_PARTS, values, strict=True)}


async def digests(transaction: Transaction, ids: Sequence[str]) -> dict[str, str]:
    """Return the digest of each organisation and call, by id; unknown ids are left out."""
    organisations, calls = _parted(ids)
    rows = await transaction.run(_ORGANISATIONS, {"ids": organisations}) if organisations else []
    rows += await transaction.run(_CALLS, {"ids": calls}) if calls else []
    return _by_id(rows)


async def read_digests(graph: Graph, ids: Sequence[str]) -> dict[str, str]:
    """As `digests`, outside a transaction."""
    organisations, calls = _parted(ids)
    rows = await graph.read(_ORGANISATIONS, {"ids": organisations}, timeout_s=_TIMEOUT_S) if organisations else []
    rows += await graph.read(_CALLS, {"ids": calls}, timeout_s=_TIMEOUT_S) if calls else []
    return _by_id(rows)


def _parted(ids: Sequence[str]) -> tuple[list[str], list[str]]:
    return [each for each in ids if not each.startswith("call_")], [each for each in ids if each.startswith("call_")]


def _by_id(rows: Sequence[Row]) -> dict[str, str]:
    return {identity: digest_of(values) for identity, values in rows}


def digest_of(values: object) -> str:
    """Return a digest of texts and lists of texts: case, spaces and missing against empty make no difference.

    Returns: 24 hexadecimal characters (96 bits of BLAKE2b).
    """
    plain = json.dumps(_plain(values), ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    if isinstance(value, list | tuple):
        return [_plain(each) for each in cast("Sequence[object]", value)]
    return value or ""
