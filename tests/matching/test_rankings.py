"""The commands on an export: rankings that depend on nothing but their own query, and errors that say where."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from madang_matching.__main__ import main
from madang_matching.exports import read_export
from madang_matching.exports.evaluations import evaluate_export
from madang_matching.exports.rankings import rank_export
from madang_matching.text import UniversalEncoder

from tests.matching.exporting import SMALL, changed, write_export

HOSTILE = ("", "로봇 🤖 Roboter " * 8_000, "\x07\u202e\ufeff", "e\u0301" * 500, "; DROP TABLE", "ｱｲｳ混ぜ書き")
NAMES = [f"o{number:02}" for number in range(48)]
CIRCLE = 6


def _partners(folder: Path, asked: Iterable[str], *, texts: bool = True) -> Path:
    """Circles of companies that keep working together over four years, as an export that asks for partners."""
    chance = random.Random(5)
    activities, participations = [], []
    for index in range(240):
        start = index % (len(NAMES) // CIRCLE) * CIRCLE
        members = chance.sample(NAMES[start : start + CIRCLE], 2) + [chance.choice(NAMES)] * (index % 3 == 0)
        day = f"{2014 + index // 60}-{1 + index // 5 % 12:02}-01"
        activities.append({"id": f"a{index}", "kind": "project", "tags": f"t{start}", "started_on": day})
        participations += [{"organisation": each, "activity": f"a{index}"} for each in dict.fromkeys(members)]
    described = {each: HOSTILE[at % len(HOSTILE)] if texts else "" for at, each in enumerate(NAMES)}
    tables = {
        "organisations": [{"id": each, "kind": "company", "text": text} for each, text in described.items()],
        "activities": activities,
        "participations": participations,
        "queries": [{"query_id": each, "candidate_group": "all", "as_of": "2018-01-01"} for each in asked],
        "candidates": [{"candidate_id": each, "candidate_group": "all"} for each in NAMES],
        "exclude": [{"query_id": each, "candidate_id": each} for each in asked],
    }
    return write_export(folder, tables, candidates="organisations", known_before="2018-01-01", ranks_read=100)


def _ranked(folder: Path, encoder: UniversalEncoder) -> dict[str, list[str]]:
    return dict(rank_export(read_export(folder), encoder))


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory, encoder: UniversalEncoder) -> dict[str, list[str]]:
    return _ranked(_partners(tmp_path_factory.mktemp("all"), NAMES), encoder)


def test_every_candidate_that_may_be_shown_is_ranked_once(ranked: dict[str, list[str]]) -> None:
    assert list(ranked) == NAMES
    for query, found in ranked.items():
        assert sorted(found) == [each for each in NAMES if each != query]


def test_a_ranking_does_not_depend_on_which_others_are_asked(
    ranked: dict[str, list[str]], tmp_path: Path, encoder: UniversalEncoder
) -> None:
    some = NAMES[3::7]
    assert _ranked(_partners(tmp_path, some), encoder) == {each: ranked[each] for each in some}


def test_one_query_and_no_texts_at_all_are_ranked_too(tmp_path: Path, encoder: UniversalEncoder) -> None:
    (found,) = _ranked(_partners(tmp_path, NAMES[:1], texts=False), encoder).values()
    assert sorted(found) == NAMES[1:]


def test_programmes_are_ranked_and_one_of_which_nothing_is_known_comes_last(
    tmp_path: Path, encoder: UniversalEncoder
) -> None:
    tables = {**SMALL, "exclude": [], "programmes": [*SMALL["programmes"], {"id": "zero"}]}
    tables["candidates"] = [{"candidate_id": each, "candidate_group": "all"} for each in ("zero", "p", "q")]
    (found,) = _ranked(write_export(tmp_path, tables), encoder).values()
    assert sorted(found) == ["p", "q", "zero"]


def test_the_command_writes_the_same_bytes_twice_without_a_number_that_is_none(tmp_path: Path) -> None:
    folder = _partners(tmp_path / "export", NAMES[:5])
    for name in ("one.csv", "two.csv"):
        assert main(["rank", str(folder), str(tmp_path / name), "--seed", "3"]) == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["rank"] for row in rows if row["query_id"] == "o00"] == [str(rank) for rank in range(1, 48)]


def test_a_faulty_export_ends_the_command_with_file_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_export(tmp_path / "export", changed("candidates", 1, candidate_id="nobody"))
    assert main(["rank", str(folder), str(tmp_path / "r.csv")]) == 1
    assert "candidates.csv, row 3, column candidate_id" in capsys.readouterr().err
    assert not (tmp_path / "r.csv").exists()
    assert main(["rank", str(tmp_path / "missing"), str(tmp_path / "r.csv")]) == 1
    assert "task.json" in capsys.readouterr().err


def test_the_evaluation_sets_the_engine_beside_its_baselines(tmp_path: Path, encoder: UniversalEncoder) -> None:
    lines = "\n".join(evaluate_export(read_export(_partners(tmp_path, NAMES)), encoder))
    for name in ("engine", "one side", "boosting of the same features", "Adamic-Adar", "popularity"):
        assert f"\n| {name} | " in lines
    assert "Calibration error" in lines
    assert "nan" not in lines


def test_a_history_without_dates_and_members_has_nothing_to_hold_back(
    tmp_path: Path, encoder: UniversalEncoder
) -> None:
    tables = {**SMALL, "participations": []}
    assert list(evaluate_export(read_export(write_export(tmp_path, tables)), encoder)) == [
        "Nothing can be held back: the history has no dated projects and no memberships."
    ]
