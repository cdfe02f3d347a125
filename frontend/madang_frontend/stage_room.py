"""Room on the stage of a cluster graph: names in lines, and places along a line where a name covers nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, HEIGHT = 852, 648
"""The stage in pixels on a wide screen; names that must not cover each other are placed for it."""
LETTER, LINE = 14, 18
_LABEL_EM = 8.2
_ALONG = (0.5, 0.42, 0.58, 0.35, 0.65, 0.29, 0.71)
"""Where on a line a count or a bridging organisation may stand; the first that covers least is taken."""
_BEARABLE = 300
"""Square pixels of others that a name may cover."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(slots=True)
class Room:
    """What already stands on the stage."""

    taken: list[Box] = field(default_factory=list[Box])

    def take(self, box: Box) -> None:
        """Let something stand there."""
        self.taken.append(box)

    def count_on(self, one: Point, other: Point, digits: int) -> Point:
        """Return where on a line its count stands."""
        half = 4 * digits + 3
        spots = [_on(one, other, along) for along in _ALONG]
        return spots[self._best([(x - half, y - 9, x + half, y + 9) for x, y in spots])]

    def post_on(self, one: Point, other: Point, label: str) -> tuple[Point, bool, str]:
        """Return where on a line a small square stands, whether its name stands to the left of it, and the name.

        The name is empty where it would cover something: the panel names it too.
        """
        wide = width_of(label) * LETTER
        spots = [(_on(one, other, along), leftwards) for along in _ALONG for leftwards in (False, True)]
        boxes = [
            (x - 12 - wide, y - 9, x + 7, y + 9) if leftwards else (x - 7, y - 9, x + 12 + wide, y + 9)
            for (x, y), leftwards in spots
        ]
        best = self._least(boxes)
        if self._covered(boxes[best]) <= _BEARABLE:
            self.take(boxes[best])
            return *spots[best], label
        bare = [_on(one, other, along) for along in _ALONG]
        return bare[self._best([(x - 7, y - 7, x + 7, y + 7) for x, y in bare])], False, ""

    def _best(self, boxes: list[Box]) -> int:
        """Take the box that covers least, the earlier one of two, and return which it is."""
        best = self._least(boxes)
        self.take(boxes[best])
        return best

    def _least(self, boxes: list[Box]) -> int:
        covered = [round(self._covered(box), 3) for box in boxes]
        return covered.index(min(covered))

    def _covered(self, box: Box) -> float:
        return sum(_shared(box, other) for other in self.taken) + _outside(box)


def wrapped(text: str, lines: int = 2) -> tuple[str, ...]:
    """Return the text in lines of a label, broken after spaces and dots where it can be, cut with an ellipsis."""
    found = [""]
    for word in text.replace("·", "·\0").replace(" ", " \0").split("\0"):
        if found[-1] and width_of(found[-1] + word.rstrip()) > _LABEL_EM:
            found.append("")
        rest = word
        while width_of(rest.rstrip()) > _LABEL_EM:
            cut = _fitting(rest)
            found[-1] = rest[:cut]
            found.append("")
            rest = rest[cut:]
        found[-1] += rest
    found = [line.strip() for line in found if line.strip()]
    if len(found) > lines:
        found = [*found[: lines - 1], _cut(found[lines - 1])]
    return tuple(found) or ("",)


def _cut(text: str) -> str:
    """Return the text with an ellipsis, without words or letters that leave no room for it."""
    words = text.split(" ")
    while len(words) > 1 and width_of(" ".join(words)) > _LABEL_EM - 1:
        words.pop()
    kept = " ".join(words)
    return kept[: _fitting(kept, _LABEL_EM - 1)].rstrip("· ") + "…"


def width_of(text: str) -> float:
    """Return about how wide the text is, in em: Hangul and Chinese letters fill one, others little more than half."""
    return sum(0.92 if ord(letter) > 0x1100 else 0.55 for letter in text)


def _fitting(text: str, room: float = _LABEL_EM) -> int:
    """Return how many letters fit, at least one."""
    count = 1
    while count < len(text) and width_of(text[: count + 1]) <= room:
        count += 1
    return count


def _on(one: Point, other: Point, along: float) -> Point:
    return one[0] + (other[0] - one[0]) * along, one[1] + (other[1] - one[1]) * along


def _shared(one: Box, other: Box) -> float:
    return max(0.0, min(one[2], other[2]) - max(one[0], other[0])) * max(
        0.0, min(one[3], other[3]) - max(one[1], other[1])
    )


def _outside(box: Box) -> float:
    return 100 * (max(0.0, -box[0]) + max(0.0, box[2] - WIDTH))
