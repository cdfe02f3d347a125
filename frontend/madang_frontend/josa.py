"""Korean particles that depend on how the word before them ends."""

import re
import unicodedata

_PAIRS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "아(야)": ("아", "야"),
    "(으)로": ("으로", "로"),
    "(이)라": ("이라", "라"),
    "(이)나": ("이나", "나"),
}
_MARK = re.compile("|".join(re.escape(mark) for mark in _PAIRS))
# Signs that are not read aloud. An ampersand, quotes and angle brackets of a name come escaped.
_CLOSING = re.compile(r"(?:<[^>]*>|[\s\"'”’」』〉》)\]},.!?…·\u200e\u200f\u2066-\u2069]|&[a-z#0-9]+;)+$")
# Read in Korean, these end in a consonant: 0 영, 1 일, 3 삼, 6 육, 7 칠, 8 팔; L 엘, M 엠, N 엔, R 알.
_LIEUL, _OTHER = set("178LR"), set("036MN")
# An English word that is not spelt out: Hill 힐, Google 구글; Vision 비전, Lab 랩, Group 그룹, Engineering 엔지니어링.
_WORD_LIEUL = re.compile(r"[A-Za-z](?:l|[b-df-hj-np-tv-z]le)$")
_WORD_OTHER = re.compile(r"[A-Za-z](?:[mn]|ng|(?<=[aeiou])[bckpt])$")


def join(word: str, particle: str) -> str:
    """Return the word with the particle that fits: `join("마당", "은(는)")` is 마당은. "은/는" is read as well."""
    return word + choose(word, particle if particle in _PAIRS else _slashed(particle))


def resolve(text: str) -> str:
    """Return the text with each marked particle, as in 마당은(는), resolved by the letter before it."""
    parts, last = [], 0
    for mark in _MARK.finditer(text):
        parts.append(text[last : mark.start()])
        parts.append(choose("".join(parts), mark[0]))
        last = mark.end()
    return "".join([*parts, text[last:]])


def choose(word: str, particle: str) -> str:
    """Return the form of the particle after this word; after a sign that is not read aloud, the form after a vowel."""
    after_consonant, after_vowel = _PAIRS[particle]
    ending = _ending(_CLOSING.sub("", word))
    if particle == "(으)로" and ending == "lieul":
        return after_vowel
    return after_consonant if ending else after_vowel


def _ending(word: str) -> str:
    """Return "" for a vowel, "lieul" for ㄹ, "other" for another final consonant."""
    last = unicodedata.normalize("NFC", word)[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return {0: "", 8: "lieul"}.get(final, "other")
    if last.islower():
        return "lieul" if _WORD_LIEUL.search(word) else "other" if _WORD_OTHER.search(word) else ""
    return "lieul" if last in _LIEUL and last else "other" if last in _OTHER and last else ""


def _slashed(particle: str) -> str:
    for mark, forms in _PAIRS.items():
        if particle in ("/".join(forms), "/".join(reversed(forms))):
            return mark
    raise ValueError(f"{particle} is no particle; known: {', '.join(_PAIRS)}")
