"""The `horizon` data set: who took part in which project of Horizon 2020, projects that began in 2014 to 2019."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from madang_graph.ids import stable_id

from madang_seeds.importer import DataSet, Row, Table
from madang_seeds.packed import fingerprint, read_rows
from madang_seeds.records import NodeRecord, Record, Stated, edge, named
from madang_seeds.seoul.sources import source_id, source_record

NAME = "horizon"
VERSION = "1"
AS_OF = "2020-12-14"
NAMES_AS_OF = "2017-06-30"
SIZES = {"organisations": 32_012, "projects": 25_620, "participations": 116_241}
PARTICIPATIONS = ("horizon_participations_1.csv.gz", "horizon_participations_2.csv.gz")
_SOURCE, _NAMES = "cordis-h2020", "cordis-h2020-names"
_FILES = ("horizon_organisations.csv.gz", "horizon_projects.csv.gz", *PARTICIPATIONS)
_KINDS = {"PRC": "corporate", "HES": "research", "REC": "research", "PUB": "public_body", "OTH": "civic"}
"""The source has no SME flag: every private company is shown as one."""
_ROLES = {"co": "coordinator", "pa": "participant", "pt": "partner"}
_PARTS = {
    "ARF": ("접근형 위험 금융", "Access to risk finance"),
    "ERC": ("유럽연구위원회", "European Research Council"),
    "Euratom": ("유라톰", "Euratom"),
    "FET": ("미래·신흥 기술", "Future and Emerging Technologies"),
    "Innovation in SMEs": ("중소기업 혁신", "Innovation in SMEs"),
    "LEIT": ("산업 기술 선도", "Leadership in enabling and industrial technologies"),
    "MSCA": ("마리 스크워도프스카퀴리 연구자 교류", "Marie Skłodowska-Curie actions"),
    "RI": ("연구 기반 시설", "Research infrastructures"),
    "SC1": ("사회 과제 1: 건강과 인구 변화", "Health, demographic change and wellbeing"),
    "SC2": ("사회 과제 2: 식량과 바이오 경제", "Food security, agriculture and the bioeconomy"),
    "SC3": ("사회 과제 3: 안전하고 깨끗한 에너지", "Secure, clean and efficient energy"),
    "SC4": ("사회 과제 4: 친환경 통합 교통", "Smart, green and integrated transport"),
    "SC5": ("사회 과제 5: 기후와 자원", "Climate action, environment and raw materials"),
    "SC6": ("사회 과제 6: 포용적 사회", "Inclusive, innovative and reflective societies"),
    "SC7": ("사회 과제 7: 안전한 사회", "Secure societies"),
    "SEWP": ("참여 확대", "Spreading excellence and widening participation"),
    "SWAFS": ("사회와 함께하는 과학", "Science with and for society"),
}


def data_set(day: date) -> DataSet:
    """Return the data set; its dates are its own, whatever the day."""
    return data_set_of_files()


def data_set_of_files() -> DataSet:
    """Return the data set as it lies in the package's files."""
    return DataSet(
        NAME,
        fingerprint(VERSION, *_FILES),
        (
            Table("sources", _source_rows, 2),
            Table("programmes", _programme_rows, len(_PARTS)),
            Table("organisations", _organisation_rows, SIZES["organisations"]),
            Table("projects", _project_rows, SIZES["projects"]),
            Table("participations", _participation_rows, SIZES["participations"]),
        ),
    )


def _source_rows() -> Iterator[Row]:
    common = {
        "licence": "reuse under Commission Decision 2011/833/EU; files MIT",
        "url": "https://cordis.europa.eu/about/legal",
    }
    facts = source_record(
        key=_SOURCE,
        title_ko="호라이즌 2020 참여 기록 (CORDIS)",
        title_en="Participations in Horizon 2020 (CORDIS)",
        attribution="Source: CORDIS, (c) European Union; from zambujo/eunets (MIT, (c) 2020 Martins)",
        as_of=AS_OF,
        **common,
    )
    names = source_record(
        key=_NAMES,
        title_ko="호라이즌 2020 참여 기관 이름 (CORDIS)",
        title_en="Names of participants in Horizon 2020 (CORDIS)",
        attribution="Source: CORDIS, (c) European Union; from spaghetti-open-data/ODFest2017-horizon2020-network "
        "(MIT, (c) 2017 Spaghetti Open Data); names that may be persons' are left out",
        as_of=NAMES_AS_OF,
        **common,
    )
    yield Row(1, [facts])
    yield Row(2, [names])


def _programme_id(part: str) -> str:
    return stable_id("prg_", _SOURCE, part)


def _organisation_id(pic: str) -> str:
    return stable_id("org_", _SOURCE, pic)


def _project_id(rcn: str) -> str:
    return stable_id("prj_", _SOURCE, rcn)


def _programme_rows() -> Iterator[Row]:
    for line, (part, (korean, english)) in enumerate(_PARTS.items(), 1):
        properties = {
            **named(f"호라이즌 2020 {korean}", f"Horizon 2020: {english}", part),
            "owner_name": "European Commission",
            "purposes": ["money"],
            "as_of_year": 2020,
            "source_note": "CORDIS",
            "synthetic": False,
        }
        yield Row(
            line, [NodeRecord("Programme", _programme_id(part), properties, (Stated(source_id(_SOURCE), AS_OF),))]
        )


def _organisation_rows() -> Iterator[Row]:
    facts = Stated(source_id(_SOURCE), AS_OF, ("kind", "country"))
    names = Stated(source_id(_NAMES), NAMES_AS_OF, ("name_en",))
    for line, row in enumerate(read_rows("horizon_organisations.csv.gz"), 2):
        pic, name = row["pic"], row["name"]
        properties = {
            **(named(None, name, pic) if name else named(None, f"PIC {pic}")),
            "kind": _KINDS[row["type"]],
            "country": row["country"],
            "visibility": "public",
            "profiling": True,
            "version": 1,
            "synthetic": False,
        }
        stated = (facts, names) if name else (facts,)
        yield Row(line, [NodeRecord("Organisation", _organisation_id(pic), properties, stated)])


def _project_rows() -> Iterator[Row]:
    stated = (Stated(source_id(_SOURCE), AS_OF, ("amount_eur", "ended_on", "size", "started_on")),)
    for line, row in enumerate(read_rows("horizon_projects.csv.gz"), 2):
        rcn = row["rcn"]
        properties = {
            **named(None, f"Horizon 2020 project {rcn}"),
            "started_on": row["start"] or None,
            "ended_on": row["end"] or None,
            "size": int(row["size"]),
            "amount_eur": float(row["eur"]) if row["eur"] else None,
            "synthetic": False,
        }
        records: list[Record] = [NodeRecord("Project", _project_id(rcn), properties, stated)]
        parts = [part for part in row["parts"].split("|") if part]
        records.extend(edge("Project", "FUNDED_BY", "Programme", _project_id(rcn), _programme_id(p)) for p in parts)
        yield Row(line, records)


def _participation_rows() -> Iterator[Row]:
    starts = {row["rcn"]: row["start"] for row in read_rows("horizon_projects.csv.gz")}
    for line, row in enumerate(read_rows(*PARTICIPATIONS), 2):
        tie = edge(
            "Organisation",
            "TOOK_PART_IN",
            "Project",
            _organisation_id(row["pic"]),
            _project_id(row["rcn"]),
            role=_ROLES[row["role"]],
            since_on=starts[row["rcn"]] or None,
            amount_eur=float(row["eur"]) if row["eur"] else None,
        )
        yield Row(line, [tie])
