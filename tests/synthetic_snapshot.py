"""The synthetic district as records of the matching, with its truth by row."""

from __future__ import annotations

from datetime import UTC, datetime

from madang_matching.records import Call, Judgement, Organisation, Project, Snapshot, Technology, Text
from madang_seeds.packed import read_rows
from madang_seeds.seoul.districts import all_gu
from madang_seeds.synthetic import Synthetic
from madang_seeds.synthetic.calls import Call as Planted
from madang_seeds.synthetic.members import Member
from madang_seeds.synthetic.sentences import Statement


def member_id(number: int) -> str:
    """Return the id of a member; ids are in the order of numbers."""
    return f"org_{number:06}"


def call_id(number: int) -> str:
    return f"call_{number:03}"


def snapshot_of(district: Synthetic) -> Snapshot:
    """Return what the matching may see: profiles with their gaps, projects, requests and their answers, calls."""
    return Snapshot(
        organisations=tuple(map(_organisation, district.members)),
        calls=tuple(_call(each) for each in district.calls),
        projects=tuple(
            Project(f"prj_{each.number:06}", tuple(map(member_id, each.members)), each.started_on, each.topics)
            for each in district.projects
        ),
        technologies=_technologies(),
        dismissed=frozenset(),
        taken_at=datetime.fromisoformat(district.day).replace(hour=3, tzinfo=UTC),
        judgements=_judgements(district),
    )


def _organisation(member: Member) -> Organisation:
    known = member.unsaid
    gu = all_gu()[member.gu]
    return Organisation(
        id=member_id(member.number),
        kind=member.kind,
        name_ko=member.name_ko,
        name_en=member.name_en,
        summary_ko=member.summary_ko,
        summary_en=member.summary_en,
        founded_on=None if "founded_on" in known else member.founded_on,
        employees=None if "employees" in known else member.employees,
        revenue_won=None if "revenue_won" in known else member.revenue_won,
        industry_code=member.industry,
        stage=member.stage,
        region_codes=() if "gu" in known else (gu.code, gu.code[:2]),
        location=None if "gu" in known else member.place,
        country="KR",
        technologies=tuple(sorted(member.says)),
        needs=tuple(_text(f"need_{member.number:06}_{n}", each) for n, each in enumerate(member.needs)),
        offers=tuple(_text(f"off_{member.number:06}_{n}", each) for n, each in enumerate(member.offers)),
    )


def _text(identity: str, statement: Statement) -> Text:
    return Text(identity, statement.text, statement.topics)


def _technologies() -> tuple[Technology, ...]:
    return tuple(
        Technology(
            row["code"],
            row["name_ko"],
            row["name_en"],
            row["parent"] or None,
            tuple(word.casefold() for word in row["keywords"].split("|")),
        )
        for row in read_rows("seoul_technologies.csv")
    )


def _call(call: Planted) -> Call:
    return Call(
        id=call_id(call.number),
        name_ko=call.name_ko,
        name_en=call.name_en,
        summary_ko=call.summary_ko,
        summary_en=call.summary_en,
        purposes=call.purposes,
        rules=call.rules,
        noticed_on=call.noticed_on,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        technologies=call.topics,
        programme=f"prg_{call.number:03}",
    )


def _judgements(district: Synthetic) -> tuple[Judgement, ...]:
    """Asking says "useful"; the answer is the other side's judgement of who asked."""
    found: list[Judgement] = []
    for each in sorted(district.requests, key=lambda each: each.on):
        asker, asked = member_id(each.asker), member_id(each.asked)
        found.append(Judgement(asker, asked, "useful", on=each.on))
        found.append(Judgement(asked, asker, "accepted" if each.accepted else "refused", on=each.on))
    return tuple(found)
