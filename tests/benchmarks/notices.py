"""Print how long notices take to import, that a second run writes nothing, and that kills -9 change nothing.

    python -m tests.benchmarks.notices [--notices 30000] [--kills 20] [--seed 1]

Runs its own Neo4j in a temporary folder, and a server on this machine that answers in the format of K-Startup.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any, LiteralString, NamedTuple

import psutil
from madang_graph.client import GraphAddress, open_graph
from madang_graph.errors import GraphTimeoutError
from madang_graph.writes.checksum import GraphChecksum
from madang_server.local.processes import end

from tests.benchmarks.import_kills import Trial
from tests.seeds.connectors.serving import k_startup_page, serving

IMPORTER = "from madang_seeds.commands import load; import typer; typer.run(load)"
MOST_S = 60.0
WRITTEN: LiteralString = """
MATCH (p:Programme)-[:HAS_CALL]->(c:Call)-[:ANNOUNCED_BY]->(n:Notice)
RETURN n.id, n.digest, n.place, n.state, c.id, c.name_key, c.opens_at, c.closes_at, c.rules, p.id,
  COUNT { (n)-[:GIVEN_BY]->(:Source) }, COUNT { (c)-[:STATED_BY]->(:Source) }, COUNT { (p)-[:STATED_BY]->(:Source) }
"""
COUNTED: LiteralString = "MATCH (n:Notice|Call) RETURN count(CASE WHEN n:Notice THEN 1 END), count(*)"
NOTICES: LiteralString = "MATCH (n:Notice) RETURN count(n)"
_FIELDS = ("로봇", "인공지능", "바이오", "스마트공장", "핀테크", "콘텐츠", "에너지", "물류", "패션", "반도체")
_KINDS = (
    "실증 지원사업",
    "사업화 지원",
    "창업도약 패키지",
    "입주기업",
    "기술개발 지원사업",
    "액셀러레이팅",
    "글로벌 진출 지원",
)
_REGIONS = ("전국", "서울", "경기", "부산", "대구", "강원", "전북", "충남", "제주", "인천")
_AGES = ("1년미만", "2년미만", "3년미만", "5년미만", "7년미만", "10년미만")
_BANDS = ("만 20세 미만", "만 20세 이상 ~ 만 39세 이하", "만 40세 이상")
_TARGETS = ("일반기업", "1인 창조기업", "대학", "연구기관", "일반인", "대학생", "청소년")
_CATEGORIES = (
    "사업화",
    "시설ㆍ공간ㆍ보육",
    "멘토링ㆍ컨설팅ㆍ교육",
    "글로벌",
    "인력",
    "융자",
    "기술개발(R&amp;D)",
    "행사ㆍ네트워크",
)


def make_item(number: int, seed: int) -> dict[str, Any]:
    """Return one invented notice in the format of K-Startup; the same for the same number and seed."""
    draw = random.Random(f"{seed}/{number}")
    opens = date(2019, 1, 1) + timedelta(days=draw.randrange(2_900))
    closes = opens + timedelta(days=draw.randrange(5, 60))
    edition = f"{opens.year}년 제{draw.randrange(1, 6)}차"
    field, kind, region = draw.choice(_FIELDS), draw.choice(_KINDS), draw.choice(_REGIONS)
    ages = list(_AGES[: draw.randrange(1, len(_AGES) + 1)])
    return {
        "pbanc_sn": 100_000 + number,
        "biz_pbanc_nm": f"{edition} {region} {field} {kind} 참여기업 모집 공고 &lsquo;{number}&rsquo;",
        "intg_pbanc_biz_nm": f"{field} {kind}",
        "pbanc_ntrp_nm": f"{region}{field}진흥원",
        "sprv_inst": "공공기관",
        "supt_biz_clsfc": draw.choice(_CATEGORIES),
        "supt_regin": region,
        "aply_trgt": ",".join(draw.sample(_TARGETS, draw.randrange(1, 4))),
        "aply_trgt_ctnt": f"공고일 기준 창업 {draw.randrange(1, 8)}년 미만&nbsp;{field} 분야 (예비)창업자",
        "aply_excl_trgt_ctnt": draw.choice(("", "국세 또는 지방세를 체납 중인 자", "휴ㆍ폐업 중인 기업")),
        "biz_enyy": ",".join((["예비창업자"] if draw.random() < 0.5 else []) + ages),
        "biz_trgt_age": ",".join(draw.sample(_BANDS, draw.randrange(1, 4))),
        "pbanc_ctnt": f"<p>{field} 분야 기업의 {kind}을 돕습니다.</p><p>공간과 멘토링, 사업화 자금을 지원합니다.</p>"
        * 3,
        "pbanc_rcpt_bgng_dt": f"{opens:%Y%m%d}",
        "pbanc_rcpt_end_dt": f"{closes:%Y%m%d}",
        "detl_pg_url": f"www.k-startup.go.kr/web/contents/bizpbanc-ongoing.do?schM=view&amp;pbancSn={100_000 + number}",
        "rcrt_prgs_yn": "N",
    }


class Spent(NamedTuple):
    """Seconds of an import."""

    full: float
    comparing: float
    """From the last page fetched to the first batch written."""
    writing: float
    """From then to the end."""


class NoticeTrial(Trial):
    """A trial whose importer takes notices in from a server on this machine."""

    def __init__(self, home: Path, address: str) -> None:
        self.address = address
        super().__init__("k-startup", home)

    def start_importer(self) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "NEO4J_URI": self.running.uri,
            "NEO4J_PASSWORD": self.password,
            "MADANG_K_STARTUP_KEY": "a-key",
            "MADANG_K_STARTUP_URL": self.address,
        }
        with self.said.open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-c", IMPORTER, self.name], env=environment, stdout=said, stderr=subprocess.STDOUT
            )

    def prepare(self) -> None:
        """Migrate the graph; on a busy machine a Neo4j that has just started may need several tries."""
        for _ in range(20):
            try:
                return super().prepare()
            except GraphTimeoutError:
                continue
        raise SystemExit("Neo4j stays too slow to begin with.")

    def processor_s(self) -> float:
        """Return seconds of processor that Neo4j and all importers that ended have used."""
        java = psutil.Process(self.running.child.pid).cpu_times()
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return java.user + java.system + ended.ru_utime + ended.ru_stime

    def await_fetched(self, importer: subprocess.Popen[bytes]) -> None:
        """Wait until the importer has fetched all and is about to compare and write, or has ended."""
        while importer.poll() is None and "fetched: " not in self.said.read_text("utf-8", "replace"):
            time.sleep(0.02)

    def await_batch(self, importer: subprocess.Popen[bytes], before: int) -> None:
        """Wait until there are more notices than before, so a batch is written, or the importer has ended."""

        while importer.poll() is None and asyncio.run(self.notices()) <= before:
            time.sleep(0.1)

    async def notices(self) -> int:
        """Return how many notices are there."""
        async with open_graph(GraphAddress(self.running.uri, "neo4j", self.password)) as graph:
            return (await graph.read(NOTICES, timeout_s=MOST_S))[0][0]

    def load_timed(self) -> Spent:
        """Run the importer to its end."""
        began = time.monotonic()
        importer = self.start_importer()
        self.await_fetched(importer)
        fetched = time.monotonic()
        self.await_batch(importer, 0)
        first = time.monotonic()
        if importer.wait() != 0:
            raise SystemExit(f"the importer failed: {self.said.read_text('utf-8', 'replace')[-2000:]}")
        ended = time.monotonic()
        return Spent(ended - began, first - fetched, ended - first)

    def report(self) -> str:
        """Return the line in which the importer says what it did."""
        said = self.said.read_text("utf-8", "replace").splitlines()
        return next((line for line in said if " new, " in line), "no report")

    def rows_written(self) -> int:
        """Return how many notices the last run wrote: new, changed, withdrawn."""
        told = re.findall(r"([\d,]+) (?:new|changed|withdrawn)", self.report())
        return sum(int(number.replace(",", "")) for number in told) if told else -1

    def written(self) -> set[tuple[Any, ...]] | None:
        """Return each notice with its call, its programme and how many sources state each; None: one is half there."""

        async def read() -> set[tuple[Any, ...]] | None:
            async with open_graph(GraphAddress(self.running.uri, "neo4j", self.password)) as graph:
                rows = await graph.read(WRITTEN, timeout_s=MOST_S)
                ((notices, both),) = await graph.read(COUNTED, timeout_s=MOST_S)
                return {tuple(row) for row in rows} if notices == len(rows) and both == 2 * len(rows) else None

        return asyncio.run(read())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--notices", type=int, default=30_000)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    items = [make_item(number, chosen.seed) for number in range(chosen.notices)]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(lambda query, _: k_startup_page(items, query)) as served,
    ):
        trial = NoticeTrial(Path(folder) / "neo4j", served.address)
        try:
            measure(trial, chosen.kills, random.Random(chosen.seed))
        finally:
            end([trial.running.child])


def measure(trial: NoticeTrial, kills: int, draw: random.Random) -> None:
    """Print the figures; leave with status 1 when one of them does not hold."""
    trial.prepare()
    before_s = trial.processor_s()
    spent = trial.load_timed()
    used_s = trial.processor_s() - before_s
    print(f"import: {spent.full:.1f} s (at most {MOST_S:.0f}), {tell_load()}", flush=True)
    print(f"  processor time of importer and Neo4j: {used_s:.1f} s; {trial.report()}", flush=True)
    unbroken, parts = trial.checksum(), trial.written()
    print(f"  {unbroken.nodes:,} nodes, {unbroken.relationships:,} relationships", flush=True)
    second = again(trial, unbroken)
    held = break_off(trial, kills, spent, parts or set(), draw) if kills else True
    trial.load()
    equal = trial.checksum() == unbroken
    print(
        f"after {kills} kills -9 and a last run: {'equal to' if equal else 'DIFFERENT from'} the unbroken run",
        flush=True,
    )
    sys.exit(0 if equal and held and second and spent.full <= MOST_S else 1)


def tell_load() -> str:
    """Return how busy the machine is, in words."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def again(trial: NoticeTrial, unbroken: GraphChecksum) -> bool:
    """Run the importer once more and return whether it wrote nothing."""
    before_s = trial.processor_s()
    second_s = trial.load()
    used_s, rows = trial.processor_s() - before_s, trial.rows_written()
    same = trial.checksum() == unbroken
    print(f"second run: {second_s:.1f} s, {used_s:.1f} s of processor, {rows} rows written, ", end="")
    print(f"graph {'unchanged' if same else 'CHANGED'}, {tell_load()}", flush=True)
    return same and rows == 0


def break_off(
    trial: NoticeTrial, kills: int, spent: Spent, unbroken: set[tuple[Any, ...]], draw: random.Random
) -> bool:
    """Begin on an empty graph and kill importer after importer; return whether all that each left is as it must be.

    One in four is killed while it compares, at a random point; the others at one of the writing, after a first batch.
    """
    trial.start_anew()
    held, there = True, 0
    for number in range(1, kills + 1):
        importer = trial.start_importer()
        if draw.random() < 0.25:
            trial.await_fetched(importer)
            time.sleep(draw.uniform(0, spent.comparing))
        else:
            trial.await_batch(importer, there)
            time.sleep(draw.uniform(0, 2 * spent.writing / kills))
        ended = importer.poll() is not None
        importer.send_signal(signal.SIGKILL)
        importer.wait()
        left = trial.written()
        equal = left is not None and left <= unbroken
        held, there = held and equal, len(left or ())
        print(f"  kill {number}{' (the run had ended)' if ended else ''}: {len(left or ()):,} notices there, ", end="")
        print("each equal to the unbroken run" if equal else "DIFFERENT from the unbroken run", flush=True)
    return held


if __name__ == "__main__":
    main()
