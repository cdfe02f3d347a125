"""A small, varied district for tests of reading: every label, missing values, all visibilities, ties of every kind.

Built from a seed as plain records, so that an oracle can hold the same records in memory.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Any

from madang_graph.client import Graph, Transaction
from madang_graph.model.organisations import ORGANISATION_KINDS, STAGES
from madang_graph.model.programmes import PURPOSES
from madang_graph.name_starts import name_starts
from madang_graph.text import name_key, search_text
from madang_graph.viewer import ANONYMOUS, Viewer


@dataclass
class District:
    """Nodes by id as (label, properties), and relationships as (from, type, to, properties)."""

    nodes: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    ties: list[tuple[str, str, str, dict[str, Any]]] = field(default_factory=list)

    def add(self, label: str, node_id: str, **properties: Any) -> str:
        kept = {k: v for k, v in {"id": node_id, **properties}.items() if v is not None}
        self.nodes[node_id] = (label, kept)
        return node_id

    def tie(self, start: str, kind: str, end: str, **properties: Any) -> None:
        self.ties.append((start, kind, end, {k: v for k, v in properties.items() if v is not None}))


_CLOSINGS = ("2026-02-01T00:00:00Z", "2027-02-01T09:00:00Z", None, "2026-12-01T09:00:00Z")
_STRENGTH = {"technology_id": "tec_0", "name_ko": "나", "name_en": "B", "share": 0.5, "quotient": 2.5}
_COMMUNITIES = [
    {"number": number, "name_ko": ko, "name_en": en, "size": 2, "inner_edges": 1, "outer_edges": 2, "x": x, "y": x,
     "strengths": strengths}
    for number, ko, en, x, strengths in (
        (0, "가", "A", -1.0, [_STRENGTH]), (1, "다", "C", 1.0, []), (2, "라", "D", None, [_STRENGTH])
    )
]  # fmt: skip


def named(ko: str | None, en: str | None) -> dict[str, Any]:
    return {
        "name_ko": ko,
        "name_en": en,
        "name_key": name_key(ko, en),
        "name_starts": name_starts(ko, en),
        "search_text": search_text(ko, en),
        "synthetic": True,
    }


def small_district(seed: int = 1, organisations: int = 24) -> District:
    """Return a district with about `organisations` organisations."""
    chance = random.Random(seed)
    d = District()
    maybe = lambda value: value if chance.random() < 0.7 else None  # noqa: E731
    _vocabulary(d)
    gu = [f"dst_{i}" for i in range(3)]
    technologies = [f"tec_{i}" for i in range(6)]
    for i in range(organisations):
        org = d.add(
            "Organisation",
            f"org_{i:02}",
            **named(maybe(f"회사{chance.randrange(9)}"), f"Firm {chance.choice('ABC')}{i % 7}"),
            kind=chance.choice(ORGANISATION_KINDS),
            summary_ko=maybe("우리는 AI센서를 만듭니다"),
            summary_en=maybe("We make sensors"),
            founded_on=maybe(f"20{chance.randrange(10, 25)}-0{chance.randrange(1, 9)}-01"),
            employees=maybe(chance.randrange(1, 300)),
            revenue_won=maybe(chance.randrange(10**8, 10**11)),
            industry_code="C29",
            stage=maybe(chance.choice(STAGES)),
            trl=maybe(chance.randrange(1, 10)),
            maturity=maybe(chance.randrange(0, 101)),
            visibility=("public", "public", "members", "private")[i % 4],
            certificates=maybe(["venture"]),
            profiling=True,
            version=1,
            updated_at="2026-10-01T00:00:00Z",
        )
        home = chance.choice(gu)
        d.tie(org, "LOCATED_IN", home)
        d.tie(org, "MEMBER_OF", home)
        d.tie(org, "MEMBER_OF", "dst_city")
        d.tie(org, "IN_INDUSTRY", "ind_0")
        for technology in chance.sample(technologies, chance.randrange(0, 4)):
            d.tie(org, "USES", technology)
        _wants(d, chance, org, i, technologies)
    _programmes(d, chance, organisations, technologies)
    _history(d, chance, organisations)
    _entries(d)
    _rule_sets(d)
    _people(d)
    return d


def _vocabulary(d: District) -> None:
    d.add("District", "dst_city", **named("서울", "Seoul"), kind="city", code="11")
    for i in range(3):
        d.add("District", f"dst_{i}", **named(f"구{i}", f"Gu {i}"), kind="gu", code=f"1100{i}", boundary=None)
        d.tie(f"dst_{i}", "PART_OF", "dst_city")
    d.add(
        "District", "dst_innovation", **named("혁신지구", "Valley"), kind="innovation_district", specialisation=["IT"]
    )
    d.tie("dst_innovation", "COVERS", "dst_0")
    _model(d)
    for i in range(6):
        d.add("Technology", f"tec_{i}", **named(f"기술{i}", f"Technology {i}"), code=f"t{i}")
        if i > 2:
            d.tie(f"tec_{i}", "PART_OF", f"tec_{i - 3}")
    d.add("Industry", "ind_0", **named("기계", "Machinery"), code="C29")
    d.add("Source", "src_0", key="demo", title_ko="예시", title_en="Demo", synthetic=True, as_of="2026-01-01")


def _wants(d: District, chance: random.Random, org: str, i: int, technologies: list[str]) -> None:
    if i % 3 == 0:
        need = d.add(
            "Need", f"need_{i:02}", text=f"불량을 찾고 싶습니다 {i}", language="ko", barrier="skill", state="open",
            budget_won=i * 10**8 or None, search_text=f"불량을 찾고 싶습니다 {i}",
            posted_at=f"2026-0{1 + i % 9}-01T00:00:00Z",
        )  # fmt: skip
        d.tie(org, "SEEKS", need)
        d.tie(need, "ABOUT", chance.choice(technologies))
    if i % 2 == 0:
        offer = d.add(
            "Offer", f"off_{i:02}", text=f"We inspect parts {i}", language="en", search_text=f"we inspect parts {i}",
            posted_at=f"2026-0{1 + i % 9}-02T00:00:00Z",
        )  # fmt: skip
        d.tie(org, "OFFERS", offer)
        d.tie(offer, "ABOUT", chance.choice(technologies))
    d.tie(org, "STATED_BY", "src_0", fields=["name_ko", "employees"], as_of="2026-01-01")


def _model(d: District) -> None:
    words = {"title_ko": "필요", "title_en": "Needs", "text_ko": "필요를 봅니다.", "text_en": "Looks at needs."}
    feature = {"subject": "partners", "name": "need_answered", "weight": 3.2, **words}
    metric = {"subject": "programmes", "name": "ndcg", "value": None, "low": None, "high": None, "cases": 0, **words}
    d.add(
        "MatchingModel", "mdl_serving", version="20261123-0123456789ab", data_date="2026-11-23", seed=0, basic=True,
        basic_reason="encoder", since="2026-11-23T03:00:00Z", organisations=24, projects=5, judgements=2,
        partner_pairs=210, programme_pairs=0, features=json.dumps([feature]),
        metrics=json.dumps([metric]), card="# Card",
    )  # fmt: skip


def _programmes(d: District, chance: random.Random, organisations: int, technologies: list[str]) -> None:
    reasons = json.dumps(
        [{"kind": "technology", "weight": 0.4, "ko": "기술이 같습니다", "en": "Same technology", "fact": "t1"}]
    )
    conditions = json.dumps(
        [{"kind": "firm_age", "verdict": "check", "required_ko": "7년 미만", "required_en": "Under 7 years",
          "mine_ko": None, "mine_en": None, "source_text": "7년 미만", "value_source": None,
          "missing": ["founded_on"], "spared": False}]
    )  # fmt: skip
    for i in range(4):
        d.add("Programme", f"prg_{i}", **named(f"사업{i}", f"Programme {i}"), purposes=[PURPOSES[i]], as_of_year=2025)
        d.tie(f"org_{i:02}", "RUNS", f"prg_{i}")
        for j in range(2):
            call = d.add(
                "Call", f"call_{i}{j}", **named(f"공고{i}{j}", None), purposes=[PURPOSES[i], "money"],
                opens_at=("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", None)[(i + j) % 3],
                closes_at=_CLOSINGS[(i * 2 + j) % 4],
                rolling=i == 3, amount_max_won=chance.choice([None, 10**8, 5 * 10**9]), rules=_rules(i, j),
            )  # fmt: skip
            d.tie(f"prg_{i}", "HAS_CALL", call)
            d.tie(call, "ABOUT", chance.choice(technologies))
    entry = {"version": "v1", "computed_at": "2026-11-01T00:00:00Z", "reasons": reasons}
    for i in range(organisations):
        for rank, call in enumerate(["call_00", "call_11", "call_21"], 1):
            d.tie(
                f"org_{i:02}", "FITS", call, rank=rank, score=1 / rank, verdict="check", conditions=conditions, **entry
            )
        d.tie(f"org_{i:02}", "SUGGESTED", f"org_{(i + 1) % organisations:02}", rank=1, score=0.9, **entry)
    d.tie("org_00", "DISMISSED", "call_11", dismissed_at="2026-11-02T00:00:00Z", reason="bad_timing", note="not now")
    d.tie("org_00", "DISMISSED", "call_21", dismissed_at="2026-11-02T00:00:00Z", lapsed_at="2026-11-03T00:00:00Z",
          lapsed_for=["rules", "closes_at"])  # fmt: skip
    d.tie("org_00", "DISMISSED", "org_01", dismissed_at="2026-11-03T00:00:00Z", again_at="2026-11-20T15:00:00Z")
    d.tie("org_03", "DISMISSED", "org_04", dismissed_at="2026-11-03T00:00:00Z", again_at="2027-01-31T15:00:00Z")
    _judgements(d, reasons)
    _notices(d)
    d.add("Space", "spc_0", **named("허브", "Hub"), kind="hub", state="open", focus=["AI"], opened_year=2019)
    d.tie("spc_0", "LOCATED_IN", "dst_0")


def _notices(d: District) -> None:
    for i, call in enumerate(("call_00", "call_00", "call_11")):
        d.add(
            "Notice", f"ntc_{i}", source_key="k-startup", key=str(i), title=f"공고 {i}", agency="기관", place=i + 1,
            opens_on="2026-11-02", state="withdrawn" if i == 2 else "listed", url="https://example.org/notice",
        )  # fmt: skip
        d.tie(call, "ANNOUNCED_BY", f"ntc_{i}")
        d.tie(f"ntc_{i}", "GIVEN_BY", "src_0")
    for i, state in enumerate(("same", "open")):
        d.add("Doubt", f"dbt_{i}", score=0.9 - i / 10, why=["title"], state=state, version=1)
        d.tie(f"dbt_{i}", "BETWEEN", f"ntc_{i}")
        d.tie(f"dbt_{i}", "BETWEEN", f"ntc_{i + 1}")


def _rules(i: int, j: int) -> str:
    """Codes of districts in a rule of region, and one in a rule of industry that only looks like it."""
    leaves = [
        {"kind": "region", "codes": ["11", "11001"], "source_text": "서울"},
        {"kind": "industry", "include": ["11001", "11002"]},
        {"codes": ["11002"], "kind": "region"},
    ]
    return json.dumps({"all": leaves[(i + j) % 3 :][: (i + j) % 3 + 1]})


def _judgements(d: District, reasons: str) -> None:
    shown = {"score": 0.5, "rank": 2, "list_version": "v1", "model_version": "m1", "contributions": reasons}
    said: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("org_00", "call_00", {"verdict": "useful", "said_at": "2026-11-01T00:00:00Z", **shown}),
        ("org_00", "call_11", {"verdict": "not_relevant", "reason": "bad_timing", "note": "not now",
                               "said_at": "2026-11-02T00:00:00Z", **shown}),
        ("org_00", "org_01", {"verdict": "useful", "said_at": "2026-11-01T00:00:00Z",
                              "ended_at": "2026-11-03T00:00:00Z"}),
        ("org_03", "org_04", {"verdict": "not_relevant", "reason": "competitor", "said_at": "2026-11-03T00:00:00Z"}),
        ("org_01", "org_00", {"verdict": "refused", "said_at": "2026-11-05T00:00:00Z"}),
    )  # fmt: skip
    for i, (judge, subject, properties) in enumerate(said):
        d.add("Judgement", f"jdg_{i}", **properties)
        d.tie(judge, "JUDGED", f"jdg_{i}")
        d.tie(f"jdg_{i}", "JUDGES", subject)


def _history(d: District, chance: random.Random, organisations: int) -> None:
    d.add(
        "ClusterGraph", "clu_0", computed_at="2026-11-01T00:00:00Z", version="v1",
        edge_from=[0, 0, 1], edge_to=[1, 2, 3], edge_weight=[1.0, 0.5, 0.25],
        edge_since=["2024-03-31", "2024-04-01", ""],
        communities=json.dumps(_COMMUNITIES),
    )  # fmt: skip
    d.tie("dst_city", "HAS_CLUSTERS", "clu_0")
    for i in range(4):
        d.tie(
            "clu_0", "PLACES", f"org_{i:02}", position=i, x=0.1 * i, y=-0.1 * i, community=i // 2, degree=2,
            betweenness=0.25 * (i % 3),
        )  # fmt: skip
    for i in range(5):
        d.add("Project", f"prj_{i}", **named(f"과제{i}", None), started_on=f"2025-0{i + 1}-01", size=3)
        for org in chance.sample(range(organisations), 3):
            d.tie(f"org_{org:02}", "TOOK_PART_IN", f"prj_{i}", role="partner", since_on=f"2025-0{i + 1}-01")
    d.add("Assessment", "asm_0", taken_on="2026-01-01", strategy=40, total=41)
    d.tie("org_00", "ASSESSED_BY", "asm_0")
    d.add("Introduction", "int_0", state="requested", message="만나요", asked_at="2026-11-01T00:00:00Z")
    d.tie("org_00", "ASKED", "int_0")
    d.tie("int_0", "ASKS", "org_01")
    d.tie("jdg_4", "CAME_OF", "int_0")


def _affiliates(d: District) -> None:
    """A chain of three with hidden ones, one that has not answered, one that declined, one that waits for an answer."""
    pairs = ((0, 3), (3, 0), (3, 7), (7, 3), (0, 1), (5, 0), (0, 6))
    for i, (one, other) in enumerate(pairs):
        said = {"since_at": f"2026-11-0{i + 1}T00:00:00Z", "by": "per_member"}
        declined = {"declined_at": "2026-11-20T00:00:00Z"} if other == 6 else {}
        d.tie(f"org_{one:02}", "NAMES_AFFILIATE", f"org_{other:02}", **said, **declined)
    chain = ("org_00", "org_03", "org_07")
    for one in chain:
        d.nodes[one][1]["affiliate_ids"] = [other for other in chain if other != one]


def _entries(d: District) -> None:
    _affiliates(d)
    received = (("org_00", "2024-05-01", 100_000), ("org_00", "2025-06-02", 50_000), ("org_00", "2025-07-03", 70_000))
    for i, (org, day, eur) in enumerate((*received, ("org_03", "2026-01-04", 9_000))):
        d.add(
            "Award", f"awd_{i}", name=f"지원 {i}", amount_won=eur * 1_500, received_on=day, state="received",
            regime="de_minimis", de_minimis_eur=eur, version=1, recorded_at="2026-11-01T00:00:00Z",
            removed_at="2026-11-02T00:00:00Z" if i == 2 else None,
        )  # fmt: skip
        d.tie(org, "RECEIVED", f"awd_{i}")
    d.tie("awd_0", "UNDER", "prg_1")
    for i, org in enumerate(("org_00", "org_00", "org_03")):
        off = "2026-11-02T00:00:00Z" if i == 1 else None
        entry = {"version": 1, "recorded_at": "2026-11-01T00:00:00Z", "removed_at": off}
        d.add("Application", f"apl_{i}", name=f"신청 {i}", state="submitted", applied_on=f"2026-0{i + 1}-01", **entry)
        d.add("Document", f"doc_{i}", kind="tax_clearance", expires_on=f"2026-12-0{i + 1}", **entry)
        d.tie(org, "APPLIED_WITH", f"apl_{i}")
        d.tie(org, "KEEPS", f"doc_{i}")
    d.tie("apl_0", "APPLIES_FOR", "call_00")


def _watches(d: District) -> None:
    keepers = ("per_member", "per_member", "per_other", "per_member")
    for i, person in enumerate(keepers):
        call = i != 1
        d.add(
            "Watch", f"wat_{i}", kind="call" if call else "search", created_at=f"2026-11-0{i + 1}T00:00:00Z",
            query=None if call else '[["q", "가"]]', name=None if call else "내 검색",
            changed=["closes_at"] if i == 0 else None, removed_at="2026-11-09T00:00:00Z" if i == 3 else None,
        )  # fmt: skip
        d.tie(person, "KEEPS_WATCH", f"wat_{i}")
        d.tie(f"wat_{i}", "WATCHES" if call else "FOUND", "call_00" if i < 3 else "call_11")
    for i, person in enumerate(("per_member", "per_other")):
        d.add("Mail", f"mail_{i}", subject="소식", text="글", html="<p>글</p>", language="ko", local=i == 0,
              made_at="2026-11-05T00:00:00Z", sent_at="2026-11-05T00:01:00Z")  # fmt: skip
        d.tie(f"mail_{i}", "SENT_TO", person)


def _rule_sets(d: District) -> None:
    """Of a call of the member's own programme and of one of another's, each previewed by its own people."""
    counts = {"firms": 24, "eligible": 3, "check": 9, "not_eligible": 12, "eligible_now": 2, "check_now": 10,
              "not_eligible_now": 12, "gains": 1, "losses": 0, "version": 2, "at": "2026-11-01T00:00:00Z"}  # fmt: skip
    for i, (call, person) in enumerate((("call_00", "per_member"), ("call_30", "per_other"))):
        for number, state in ((1, "published"), (2, "draft")):
            one = d.add(
                "RuleSet", f"rls_{i}{number}", number=number, state=state, version=number, rules='{"all": []}',
                documents=["tax_clearance"], saved_at="2026-11-01T00:00:00Z",
                preview=json.dumps(counts) if state == "draft" else None,
                preview_by=person if state == "draft" else None,
            )  # fmt: skip
            d.tie(call, "HAS_RULE_SET", one)
        for kind, orgs in (("PASSES", (0, 1, 2, 3)), ("GAINS", (3,)), ("LOSES", (7,))):
            for org in orgs:
                d.tie(one, kind, f"org_{org:02}")
    _planned_calls(d)


def _planned_calls(d: District) -> None:
    """Of the member's programme, of one that nobody works on, and of another's; two are in review."""
    for i, (programme, sender) in enumerate((("prg_0", "per_member"), ("prg_1", None), ("prg_3", "per_other"))):
        call = d.add(
            "PlannedCall", f"call_p{i}", name_ko=f"준비{i}", name_key=f"준비{i}", purposes=["money"], version=i + 1,
            opens_at="2027-03-01T00:00:00Z" if i else None, until_funds=i == 1, updated_at="2026-11-01T00:00:00Z",
        )  # fmt: skip
        d.tie(programme, "PLANS", call)
        d.tie(call, "ABOUT", "tec_1")
        one = d.add(
            "RuleSet", f"rls_p{i}", number=1, state="review" if sender else "draft", version=2, rules='{"all": []}',
            saved_at="2026-11-01T00:00:00Z",
        )  # fmt: skip
        d.tie(call, "HAS_RULE_SET", one)
        if sender:
            d.tie(one, "SENT_BY", sender)


def _people(d: District) -> None:
    for judgement, person in (("jdg_0", "per_member"), ("jdg_3", "per_other")):
        d.tie(judgement, "SAID_BY", person)
    for person, org in (("per_member", "org_00"), ("per_other", "org_03")):
        d.add("Person", person, name=person, email=f"{person}@example.org", language="ko", admin=False)
        d.tie(person, "ACTS_FOR", org, role="owner")
    # A colleague at the desk of the other one's programme, so that who sends there is not who publishes.
    d.add("Person", "per_second", name="per_second", email="per_second@example.org", language="ko", admin=False)
    d.tie("per_second", "ACTS_FOR", "org_03", role="editor")
    d.add("Person", "per_manager", name="Manager", email="manager@example.org", language="en", admin=False)
    d.tie("per_manager", "MANAGES", "dst_0")
    d.add("Person", "per_admin", name="Admin", email="admin@example.org", language="ko", admin=True)
    _watches(d)


VIEWERS: dict[str, Viewer] = {
    "anonymous": ANONYMOUS,
    "member": Viewer("per_member", ("org_00",), ("org_00",)),
    "other": Viewer("per_other", ("org_03",), ("org_03",)),
    "manager": Viewer("per_manager", district_ids=("dst_0",), language="en"),
    "admin": Viewer("per_admin", admin=True),
}


async def write(graph: Graph, district: District) -> None:
    """Write the district into an empty graph."""
    by_label: dict[str, list[dict[str, Any]]] = {}
    for label, properties in district.nodes.values():
        by_label.setdefault(label, []).append(properties)

    async def work(transaction: Transaction) -> None:
        for label, rows in by_label.items():
            create: Any = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row"
            await transaction.run(create, {"rows": rows})
        for start, kind, end, properties in district.ties:
            a, b = district.nodes[start][0], district.nodes[end][0]
            tie: Any = f"MATCH (a:{a} {{id: $a}}), (b:{b} {{id: $b}}) CREATE (a)-[r:{kind}]->(b) SET r = $p"
            await transaction.run(tie, {"a": start, "b": end, "p": properties})

    await graph.transact(work, timeout_s=60)
