"""Invented names: Korean word roots with a suffix of the field. Any likeness to a real firm is by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

_BRIGHT = (
    "가온 Gaon|나래 Narae|다솜 Dasom|바름 Bareum|새솔 Saesol|아름 Areum|윤슬 Yunseul|도담 Dodam|"
    "이든 Ideun|해솔 Haesol|늘봄 Neulbom|온유 Onyu|너울 Neoul|참빛 Chambit|슬기 Seulgi|여울 Yeoul|"
    "솔빛 Solbit|하늬 Hanui|들꽃 Deulkkot|푸른 Pureun|별하 Byeolha|예솔 Yesol|단비 Danbi|이룸 Irum|"
    "고운 Goun|맑은 Malgeun|새벽 Saebyeok|우듬 Udeum|벼리 Byeori|찬솔 Chansol|보담 Bodam|해들 Haedeul|"
    "볕뉘 Byeotnwi|달빛 Dalbit|자람 Jaram|물결 Mulgyeol|다온 Daon|채움 Chaeum|빛담 Bitdam|소담 Sodam|"
    "가득 Gadeuk|누림 Nurim|아침 Achim|햇살 Haetsal|노을 Noeul|바람 Baram|구름 Gureum|이음 Ieum|"
    "그루 Geuru|새길 Saegil"
)
_STEADY = (
    "한터 Hanteo|너른 Neoreun|굳센 Gutsen|참터 Chamteo|큰들 Keundeul|어진 Eojin|새터 Saeteo|"
    "곧은 Godeun|알찬 Alchan|온터 Onteo|옹골 Onggol|바탕 Batang|너울터 Neoulteo|무쇠 Musoe|버팀 Beotim|"
    "든솔 Deunsol|곰솔 Gomsol|느티 Neuti|올곧 Olgot|디딤 Didim|샘터 Saemteo|참나무 Chamnamu|하람 Haram|"
    "든든 Deundeun|큰솔 Keunsol|두레 Dure|한결 Hangyeol|바위 Bawi|마중 Majung|고을 Goeul|터전 Teojeon|"
    "모루 Moru|풀무 Pulmu|대들보 Daedeulbo|돌담 Doldam|윗샘 Witsaem|아랫들 Araetdeul|솟대 Sotdae|"
    "징검 Jinggeom|나루 Naru"
)


def _roots(text: str) -> list[tuple[str, str]]:
    return [(korean, english) for korean, english in (word.split() for word in text.split("|"))]


BRIGHT = _roots(_BRIGHT)
STEADY = _roots(_STEADY)


def pairs(
    random: Random, roots: Sequence[tuple[str, str]], suffixes: Sequence[Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield (Korean, English) names, none twice: every root with every suffix, in random order, then double roots."""
    names = [(ko + tail[0], f"{en} {tail[1]}") for ko, en in roots for tail in suffixes]
    random.shuffle(names)
    yield from names
    while True:
        (a, x), (b, y), tail = random.choice(roots), random.choice(roots), random.choice(suffixes)
        yield a + b + tail[0], f"{x} {y} {tail[1]}"


class Namer:
    """Gives every organisation its own name."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[str] = set()
        self._sources: dict[str, Iterator[tuple[str, str]]] = {}

    def next_name(
        self, key: str, roots: Sequence[tuple[str, str]], suffixes: Sequence[Sequence[str]]
    ) -> tuple[str, str]:
        """Return the next unused (Korean, English) name of the series `key`."""
        if key not in self._sources:
            self._sources[key] = pairs(self._random, roots, suffixes)
        for name in self._sources[key]:
            if name[0] not in self._taken:
                self._taken.add(name[0])
                return name
        raise AssertionError("unreachable: the series does not end")
