"""The mark of a filled demo folder: good for this code, this graph, and two weeks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from madang_server.commands import filled

DAY = date(2026, 3, 1)
LOCAL, EXTERNAL = "bolt://127.0.0.1:7000", "neo4j://graph.example:7687"


def test_a_folder_without_a_mark_or_with_a_damaged_one_is_not_filled(tmp_path: Path) -> None:
    assert not filled.is_filled(tmp_path, LOCAL, DAY)
    (tmp_path / "filled.json").write_text("[")
    assert not filled.is_filled(tmp_path, LOCAL, DAY)


def test_the_mark_holds_for_its_graph_whatever_the_local_port(tmp_path: Path) -> None:
    filled.mark_filled(tmp_path, LOCAL, "  Kim\n", anew=False, today=DAY)
    assert filled.is_filled(tmp_path, "bolt://127.0.0.1:7999", DAY)
    assert not filled.is_filled(tmp_path, EXTERNAL, DAY)
    assert filled.accounts_in(tmp_path) == "  Kim\n"


def test_after_two_weeks_the_dates_are_over_until_it_is_loaded_anew(tmp_path: Path) -> None:
    filled.mark_filled(tmp_path, LOCAL, "", anew=False, today=DAY)
    later = DAY + timedelta(days=15)
    assert filled.is_filled(tmp_path, LOCAL, DAY + timedelta(days=14))
    assert not filled.is_filled(tmp_path, LOCAL, later)
    filled.mark_filled(tmp_path, LOCAL, "", anew=False, today=later)
    assert filled.is_stale(tmp_path, later)
    filled.mark_filled(tmp_path, LOCAL, "", anew=True, today=later)
    assert filled.is_filled(tmp_path, LOCAL, later)


def test_other_code_fills_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.mark_filled(tmp_path, LOCAL, "", anew=False, today=DAY)
    monkeypatch.setattr(filled, "_fingerprint", lambda uri: "of other code")
    assert not filled.is_filled(tmp_path, LOCAL, DAY)
