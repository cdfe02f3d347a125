"""The city, its 25 gu with boundaries, and its innovation districts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from madang_graph.ids import stable_id

from madang_seeds.importer import Row
from madang_seeds.packed import read_json, read_rows
from madang_seeds.records import NodeRecord, Record, edge, named
from madang_seeds.seoul.shapes import Polygons, polygons_of
from madang_seeds.seoul.sources import BOUNDARIES, NAMES, REFERENCE, stated

CITY_CODE = "11"


@dataclass(frozen=True, slots=True)
class Gu:
    """One gu of the city."""

    code: str
    name_ko: str
    name_en: str
    place: tuple[float, float]
    """A point inside, (longitude, latitude)."""
    geometry: str
    """GeoJSON geometry."""
    polygons: Polygons


def city_id() -> str:
    return stable_id("dst_", "seoul", CITY_CODE)


def gu_id(code: str) -> str:
    return stable_id("dst_", "seoul", code)


def innovation_district_id(key: str) -> str:
    return stable_id("dst_", "seoul-reference", key)


@cache
def all_gu() -> dict[str, Gu]:
    """Return the gu by Korean name."""
    english = {row["name_ko"]: row["name_en"] for row in read_rows("seoul_gu_names.csv")}
    found: dict[str, Gu] = {}
    for feature in read_json("seoul_gu_2023.geojson")["features"]:
        facts, geometry = feature["properties"], feature["geometry"]
        name = facts["sigungu"]
        text = json.dumps(geometry, separators=(",", ":"))
        found[name] = Gu(facts["code"], name, english[name], (facts["lon"], facts["lat"]), text, polygons_of(geometry))
    return found


@cache
def covered_gu() -> dict[str, tuple[str, ...]]:
    """Return the Korean names of the gu that each innovation district covers, by its key."""
    return {row["key"]: tuple(row["gu_list"].split("|")) for row in read_rows("seoul_districts.csv")}


def rows() -> Iterator[Row]:
    """Yield the city, the gu, the innovation districts."""
    yield Row(1, [_city()])
    for line, gu in enumerate(all_gu().values(), 1):
        node = NodeRecord(
            "District",
            gu_id(gu.code),
            {
                **named(gu.name_ko, gu.name_en, "서울", "Seoul"),
                "kind": "gu",
                "code": gu.code,
                "boundary": gu.geometry,
                "location": gu.place,
                "as_of_year": 2023,
                "synthetic": False,
            },
            (
                stated(BOUNDARIES, "2023-09-15", "name_ko", "code", "boundary", "location"),
                stated(NAMES, "2013-12-31", "name_en"),
            ),
        )
        yield Row(line, [node, edge("District", "PART_OF", "District", node.id, city_id())])
    for line, row in enumerate(read_rows("seoul_districts.csv"), 2):
        yield Row(line, _innovation_district(row))


def _city() -> NodeRecord:
    return NodeRecord(
        "District",
        city_id(),
        {
            **named("서울특별시", "Seoul", "서울"),
            "kind": "city",
            "code": CITY_CODE,
            "location": (126.97796, 37.56656),
            "as_of_year": 2023,
            "synthetic": False,
        },
        (stated(BOUNDARIES, "2023-09-15", "name_ko", "code"),),
    )


def _innovation_district(row: dict[str, str]) -> Sequence[Record]:
    covered = [all_gu()[name] for name in row["gu_list"].split("|")]
    specialisation = row["specialisation"].split("|")
    longitude = sum(gu.place[0] for gu in covered) / len(covered)
    latitude = sum(gu.place[1] for gu in covered) / len(covered)
    node = NodeRecord(
        "District",
        innovation_district_id(row["key"]),
        {
            **named(row["name_ko"], row["name_en"], *specialisation),
            "kind": "innovation_district",
            "specialisation": specialisation,
            "designation": row["designation"],
            "location": (round(longitude, 5), round(latitude, 5)),
            "as_of_year": int(row["as_of"]),
            "source_note": row["source"],
            "synthetic": False,
        },
        (
            stated(
                REFERENCE, f"{row['as_of']}-01-01", "name_ko", "name_en", "specialisation", "designation", "as_of_year"
            ),
        ),
    )
    covers = [edge("District", "COVERS", "District", node.id, gu_id(gu.code)) for gu in covered]
    part = edge("District", "PART_OF", "District", node.id, city_id())
    return [node, part, *covers]
