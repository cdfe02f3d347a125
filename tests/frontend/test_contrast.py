"""Every pair of colours that the style sheets put together can be read, in both themes, and every colour is a token."""

from __future__ import annotations

from pathlib import Path

import pytest
from madang_frontend.contrast import ROOT, Pair, pairs_in_use, ratio, read_tokens, style_sheets, table

THEMES = read_tokens((ROOT / "styles" / "tokens.css").read_text(encoding="utf-8"))


def pairs_of(folder: Path, css: str) -> set[tuple[str, str]]:
    sheet = folder / "some.css"
    sheet.write_text(css, encoding="utf-8")
    return {(pair.front, pair.back) for pair in pairs_in_use([sheet], THEMES["light"]).pairs}


def test_every_pair_in_use_is_strong_enough_in_both_themes() -> None:
    found = pairs_in_use(style_sheets(), THEMES["light"])
    lines, weak = table(found, THEMES)
    assert weak == 0, "\n".join(line for line in lines if "WEAK" in line)
    assert found.strangers == []
    assert len(found.pairs) > 20


def test_both_themes_give_every_colour() -> None:
    assert set(THEMES["light"]) == set(THEMES["dark"])
    assert THEMES["light"]["ground"] != THEMES["dark"]["ground"]


@pytest.mark.parametrize(
    ("front", "back", "wanted"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#fff", 1.0)]
)
def test_ratios_are_those_of_the_standard(front: str, back: str, wanted: float) -> None:
    theme = read_tokens(f":root {{ --a: {front}; --b: {back.ljust(7, 'f')}; }}")["light"]
    assert ratio(theme["a"], theme["b"]) == pytest.approx(wanted, abs=0.01)


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        (".a { color: var(--ink); background: var(--sand); }", {("ink", "sand")}),
        (".a { background: var(--ink); } .a b { color: var(--ground); }", {("ink", "ink"), ("ground", "ink")}),
        (".a { color: var(--on-strong); background: var(--jjok); } .a:hover { background: var(--ink); }",
         {("on-strong", "jjok"), ("on-strong", "ink")}),
        (".a { color: var(--seok); }", {("seok", "ground"), ("seok", "surface"), ("seok", "sand")}),
        (".a { border: 1px solid var(--rule); }", set()),
        (".a { border: 1px solid var(--own); } .b { --own: var(--seok); }", {("seok", "ground"), ("seok", "sand")}),
        ("@media (max-width: 9px) { .a { & text { fill: var(--ink); } & { background: var(--sand); } } }",
         {("ink", "sand")}),
        ("@media print { .a { color: var(--rule); } }", set()),
    ],
)  # fmt: skip
def test_pairs_are_found_as_the_cascade_makes_them(tmp_path: Path, css: str, wanted: set[tuple[str, str]]) -> None:
    assert pairs_of(tmp_path, css) == {pair for pair in wanted if pair[0] != pair[1]}


def test_a_weak_pair_and_a_colour_that_is_no_token_are_told(tmp_path: Path) -> None:
    sheet = tmp_path / "some.css"
    sheet.write_text(".a { color: var(--rule); background: var(--sand); } .b { color: var(--rule-ui); fill: #123; }")
    found = pairs_in_use([sheet], THEMES["light"])
    assert Pair("rule-ui", "sand", 4.5) in found.pairs
    assert table(found, THEMES)[1] == 4
    assert len(found.strangers) == 1
