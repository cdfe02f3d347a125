"""The 48 innovation spaces of the reference table."""

from __future__ import annotations

from collections.abc import Iterator

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.packed import read_rows
from madang_seeds.records import NodeRecord, edge, named
from madang_seeds.seoul.districts import all_gu, gu_id
from madang_seeds.seoul.sources import REFERENCE, stated
from madang_seeds.seoul.topics import technologies_of
from madang_seeds.seoul.vocabularies import technology_id

UNVERIFIED = {"startup_branch"}
"""Known to nobody but by hearsay; left out."""
MARKED = {
    "didimteo": "gu",
    "dcamp_seolleung": "dong",
    "startup_cafe_nakseong": "dong",
    "yangjae_rncd": "later life",
    "game_center_sangam": "later life",
    "gvalley_welfare_center": "year",
    "gangseo_startup_hub": "year",
    "social_venture_hub": "year inferred",
    "food_startup_center": "possible later move",
    "global_startup_center": "possible later move",
}
"""Spaces of which one fact is weak, and which."""


def space_id(key: str) -> str:
    return stable_id("spc_", "seoul-reference", key)


def rows() -> Iterator[Row]:
    """Yield the spaces, each with its gu and technologies; the place is a point inside its dong, else its gu."""
    dong_places = {
        (row["gu"], row["dong"]): (float(row["lon"]), float(row["lat"])) for row in read_rows("seoul_dong_points.csv")
    }
    for line, row in enumerate(read_rows("seoul_spaces.csv"), 2):
        if row["key"] in UNVERIFIED:
            continue
        gu = all_gu()[row["gu"]]
        node = _space(row, dong_places.get((row["gu"], row["dong"]), gu.place))
        topics = technologies_of(row["focus"].split("|"))
        about = [edge("Space", "ABOUT", "Technology", node.id, technology_id(code)) for code in topics]
        yield Row(line, [node, edge("Space", "LOCATED_IN", "District", node.id, gu_id(gu.code)), *about])


def _space(row: dict[str, str], place: tuple[float, float]) -> NodeRecord:
    focus = row["focus"].split("|")
    weak = MARKED.get(row["key"])
    as_of = row["as_of"] or None
    note = row["source"] + (f" [not verified: {weak}]" if weak else "")
    return NodeRecord(
        "Space",
        space_id(row["key"]),
        {
            **named(row["name_ko"], row["name_en"], row["gu"], *focus),
            "kind": row["kind"],
            "focus": focus,
            "opened_year": int(row["opened"]) if row["opened"] else None,
            "size_note": row["seats_or_area"] or None,
            "tenancy_note": row["tenancy_rule"] or None,
            "state": row["status"],
            "dong": row["dong"] or None,
            "as_of_year": int(as_of) if as_of else None,
            "source_note": note,
            "location": place,
            "synthetic": False,
        },
        (stated(REFERENCE, f"{as_of}-01-01" if as_of else None),),
    )
