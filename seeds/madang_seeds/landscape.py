"""The `landscape` data set: members of the Linux Foundation's consortia, as known at the end of 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from madang_graph.ids import stable_id

from madang_seeds.importer import DataSet, Row, Table
from madang_seeds.packed import fingerprint, read_rows
from madang_seeds.records import NodeRecord, Record, Stated, edge, named
from madang_seeds.seoul.sources import VOCABULARY, row_of_source, source_id, source_record
from madang_seeds.seoul.vocabularies import technology_id, technology_rows

NAME = "landscape"
VERSION = "1"
AS_OF = "2025-12-31"
SIZES = {"programmes": 73, "organisations": 2_426, "memberships": 3_128}
_SOURCE = "lf-landscape"
_FILES = (
    "landscape_organisations.csv.gz",
    "landscape_programmes.csv.gz",
    "landscape_memberships.csv.gz",
    "seoul_technologies.csv",
)
_TOPICS = {
    "Networking & Edge": "open_network",
    "AI, ML, Data & Analytics": "ai",
    "Web & Application Development": "business_saas",
    "IoT & Embedded": "embedded",
    "Cloud, Containers & Virtualization": "cloud_native",
    "Privacy & Security": "cyber_security",
    "Storage": "cloud_native",
    "Open Hardware": "electronics",
    "DevOps, CI:CD & Site Reliability": "cloud_native",
    "System Administration": "cloud_native",
    "Blockchain": "blockchain",
    "Visual Effects": "media_production",
    "Safety-Critical Systems": "embedded",
}
"""Technology tags of the source in our vocabulary; tags that say nothing of a technology are left out."""
_LEARNED = re.compile(r"\b(universi|institut|college|academy|research|laborator|school|fraunhofer)", re.IGNORECASE)


def data_set(day: date) -> DataSet:
    """Return the data set; its dates are its own, whatever the day."""
    return DataSet(
        NAME,
        fingerprint(VERSION, *_FILES),
        (
            Table("sources", _source_rows, 2),
            Table("technologies", technology_rows),
            Table("programmes", _programme_rows, SIZES["programmes"]),
            Table("organisations", _organisation_rows, SIZES["organisations"]),
            Table("memberships", _membership_rows, SIZES["memberships"]),
        ),
    )


def _source_rows() -> Iterator[Row]:
    yield row_of_source(VOCABULARY)
    source = source_record(
        key=_SOURCE,
        title_ko="리눅스 재단 컨소시엄 회원 (2025년 12월)",
        title_en="Members of the Linux Foundation's consortia (December 2025)",
        attribution="Linux Foundation Landscape contributors, github.com/jmertic/lf-landscape; changed: cut to "
        "members, programmes and memberships by month, e-mail addresses masked",
        licence="CC BY 4.0",
        url="https://creativecommons.org/licenses/by/4.0/",
        as_of=AS_OF,
    )
    yield Row(1, [source])


def _programme_id(name: str) -> str:
    return stable_id("prg_", _SOURCE, name)


def _organisation_id(key: str) -> str:
    return stable_id("org_", _SOURCE, key)


def _programme_rows() -> Iterator[Row]:
    for line, row in enumerate(read_rows("landscape_programmes.csv.gz"), 2):
        tags = [tag for tag in row["technology"].split("|") if tag]
        node = NodeRecord(
            "Programme",
            _programme_id(row["programme"]),
            {
                **named(None, row["programme"], *tags),
                "summary_en": row["description"] or None,
                "owner_name": "The Linux Foundation",
                "purposes": [],
                "as_of_year": 2025,
                "source_note": row["homepage"] or "lf-landscape",
                "synthetic": False,
            },
            (Stated(source_id(_SOURCE), AS_OF),),
        )
        topics = dict.fromkeys(_TOPICS[tag] for tag in tags if tag in _TOPICS)
        about = [edge("Programme", "ABOUT", "Technology", node.id, technology_id(code)) for code in topics]
        yield Row(line, [node, *about])


def _organisation_rows() -> Iterator[Row]:
    for line, row in enumerate(read_rows("landscape_organisations.csv.gz"), 2):
        properties = {
            **named(None, row["name"], row["key"]),
            "kind": _kind(row["name"], row["tier"]),
            "summary_en": row["description"] or None,
            "homepage": row["homepage"] or None,
            "visibility": "public",
            "profiling": True,
            "version": 1,
            "synthetic": False,
        }
        stated = Stated(source_id(_SOURCE), AS_OF)
        yield Row(line, [NodeRecord("Organisation", _organisation_id(row["key"]), properties, (stated,))])


def _kind(name: str, tier: str) -> str:
    """The source knows tiers, not kinds: associates are universities, public bodies and non-profits."""
    if _LEARNED.search(name):
        return "research"
    return "civic" if tier == "Associate" else "corporate"


def _membership_rows() -> Iterator[Row]:
    for line, row in enumerate(read_rows("landscape_memberships.csv.gz"), 2):
        tie: Record = edge(
            "Organisation",
            "TOOK_PART_IN",
            "Programme",
            _organisation_id(row["key"]),
            _programme_id(row["programme"]),
            role="member",
            since_on=f"{row['since']}-01",
            until_on=f"{row['until']}-28" if row["until"] else None,
        )
        yield Row(line, [tie])
