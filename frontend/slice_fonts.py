# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.60.1", "brotli==1.1.0"]
# ///
"""Cuts Pretendard Variable into slices that browsers fetch only when a page needs their letters.

    uv run frontend/slice_fonts.py PretendardVariable.ttf

The slices are committed: the font's package is 72 MB, they are 2 MB and change once in years. The first slices hold the
letters of our own sentences, the next those of the demo's names, the last ones all other syllables, in the order of
Unicode. The weights are cut to those that the look uses. The font is renamed, as its licence asks of changed versions.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter  # pyright: ignore[reportMissingImports]
from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingImports]
from fontTools.varLib.instancer import instantiateVariableFont  # pyright: ignore[reportMissingImports]

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
OUT = HERE / "madang_frontend" / "fonts"
FAMILY = "Madang Sans"
WEIGHTS = (400, 720)
OWN, NAMES, REST = 380, 110, 220
"""Syllables per slice: of our sentences, of the demo's names, of all others."""
SIGNS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "–—‘’“”…·•€₩→←↑↓↗×−≤≥≠△▲□■○●✓㎡℃①②③④⑤⑥⑦⑧⑨⑩ㆍ、。〈〉《》「」『』"),
]
HANGUL = range(0xAC00, 0xD7A4)


def main(font: Path) -> None:
    """Write `slice-NN.woff2` and `fonts.css` beside them."""
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("slice-*.woff2"):
        old.unlink()
    letters = set(TTFont(font).getBestCmap())
    rules = [rule(number, points, cut(font, number, points)) for number, points in enumerate(slices(letters))]
    head = "/* Made by frontend/slice_fonts.py: Pretendard Variable in slices, renamed as its licence asks. */\n"
    # Of two rules that claim a letter the later one wins: the slices of frequent letters come last, so that the
    # ranges of the others may run over them and stay short.
    (OUT / "fonts.css").write_text(head + "\n".join(reversed(rules)), encoding="utf-8")


def slices(letters: set[int]) -> Iterator[list[int]]:
    """Yield the code points of each slice, those that pages need most first."""
    # Sentences of ours: the catalogue and terms of the pages, and what server and matching say in words.
    own = frequent([HERE / "madang_frontend", REPOSITORY / "server", REPOSITORY / "matching"], ("*.po", "*.py"))
    names = frequent([REPOSITORY / "seeds"], ("*.csv", "*.toml", "*.json", "*.py"))
    yield [point for point in SIGNS if point in letters]
    done: set[int] = set()
    for order, size in ((own, OWN), (names, NAMES), (HANGUL, REST)):
        left = [point for point in order if point in letters and point not in done]
        if size == OWN:
            left = left[: 2 * OWN]
        done.update(left)
        yield from (sorted(left[start : start + size]) for start in range(0, len(left), size))
    other = sorted(letters - done - set(SIGNS))
    yield from (other[start : start + REST] for start in range(0, len(other), REST))


def frequent(folders: Iterable[Path], patterns: Iterable[str]) -> list[int]:
    """Return the syllables of the texts, the most frequent first."""
    count: Counter[str] = Counter()
    for folder in folders:
        for pattern in patterns:
            for path in folder.rglob(pattern):
                if "node_modules" not in path.parts:
                    count.update(re.findall("[가-힣]", path.read_text(encoding="utf-8")))
    return [ord(letter) for letter, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))]


def cut(font: Path, number: int, points: list[int]) -> str:
    """Write one slice and return its file name."""
    whole = TTFont(font)
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "tnum", "calt", "ccmp", "locl", "mark"]
    options.name_IDs = []
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(whole)
    whole = instantiateVariableFont(whole, {"wght": WEIGHTS})
    for name in (1, 4, 16):
        whole["name"].setName(FAMILY, name, 3, 1, 0x409)
    whole["name"].setName(FAMILY.replace(" ", ""), 6, 3, 1, 0x409)
    whole["name"].setName("Based on Pretendard, (c) 2021 Kil Hyung-jin; SIL Open Font License 1.1", 0, 3, 1, 0x409)
    whole.flavor = "woff2"
    name = f"slice-{number:02}.woff2"
    whole.save(OUT / name)
    return name


def rule(number: int, points: list[int], file: str) -> str:
    """Return the `@font-face` of a slice."""
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{WEIGHTS[0]} {WEIGHTS[1]};font-display:swap;'
        f'src:url("{file}") format("woff2");unicode-range:{",".join(ranges(points))}}}'
    )


def ranges(points: list[int]) -> Iterator[str]:
    """Yield runs of code points as CSS writes them; the last slices run over letters of earlier ones."""
    step = 24 if len(points) == REST else 1
    start = last = sorted(points)[0]
    for point in [*sorted(points)[1:], 0x110000]:
        if point <= last + step:
            last = point
            continue
        yield f"U+{start:X}" if start == last else f"U+{start:X}-{last:X}"
        start = last = point


if __name__ == "__main__":
    main(Path(sys.argv[1]))
