"""What members of the synthetic district write: the truth with the noise of real profiles.

A need and an offer about the same topic mostly use different words for it, one in five is in English, some name the
broader field only, some carry no label or a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from madang_seeds.seoul.firms.wording import fill
from madang_seeds.synthetic.topics import Topic, all_topics

_ENGLISH, _VAGUE, _LABELLED, _WRONG_LABEL, _SAYS_WISH, _AS_PROBLEM = 0.2, 0.1, 0.6, 0.04, 0.5, 0.5

_NEEDS = (
    ("{word} 문제를 함께 풀 협력사를 찾습니다.", "We look for a partner to solve our problem with {word}."),
    ("{word|을} 도입하려고 합니다. 해 본 곳이면 좋겠습니다.", "We bring in {word} and need someone who has done it."),
    ("{word} 쪽 전문 인력이 없어 외부의 도움이 필요합니다.", "We have nobody for {word} and need help from outside."),
    ("올해 안에 {word} 시범 적용을 해 보고 싶습니다.", "We would like to try {word} within this year."),
    ("고객이 {word|을} 요구하는데 우리에게는 없는 기술입니다.", "Customers ask for {word}; we cannot do it alone."),
)  # fmt: skip
_PROBLEM = "{word} 때문에 고민입니다. 이 문제를 풀어 줄 곳을 찾습니다."
_OFFERS = (
    ("{word|을} 설계부터 운영까지 맡아 드립니다.", "We take care of {word} from design to operation."),
    ("{word} 제품을 직접 개발해 공급합니다.", "We develop and supply our own {word}."),
    ("{word} 시험과 상담을 한 달 안에 해 드립니다.", "Trials and advice on {word} within a month."),
    ("작은 현장에도 맞는 {word} 서비스를 제공합니다.", "{word} as a service, for small sites too."),
    ("{word} 분야의 공동 개발과 기술 이전이 가능합니다.", "Joint development and transfer of {word} are possible."),
)  # fmt: skip
_SUMMARIES = {
    "startup": ("{word|을} 만드는 스타트업입니다.", "A start-up for {word}."),
    "sme": ("{word} 분야에서 오래 일해 온 중소기업입니다.", "A firm with long experience in {word}."),
    "corporate": ("{word} 사업을 하는 대기업입니다.", "A large company in {word}."),
    "research": ("{word|을} 연구하는 기관입니다.", "A research body for {word}."),
}
_TAILS = (
    ("{field} 기업과 자주 일합니다.", "We often work with firms of {field}."),
    ("{field} 현장에 관심이 많습니다.", "We care about the practice of {field}."),
    ("", ""),
)
_SIZE_WISHES = {
    True: ("작은 팀과 일하고 싶습니다.", "We would like to work with a small team."),
    False: ("규모가 있는 회사를 원합니다.", "We want a company of some size."),
}
_AGE_WISHES = {
    True: ("초기 스타트업도 환영합니다.", "Early start-ups are welcome."),
    False: ("사업이 자리 잡은 곳을 찾습니다.", "We look for an established business."),
}
_NEAR_WISH = ("가까운 곳이면 좋겠습니다.", "Someone nearby would be best.")


@dataclass(frozen=True, slots=True)
class Statement:
    """A need or an offer as written."""

    text: str
    language: str
    topics: tuple[str, ...]
    """Codes that it is labelled with."""


Wishes = tuple[bool | None, bool | None, bool]
"""Small, young and near partners: wanted, unwanted or no matter."""


def need_text(random: Random, topic: Topic, wishes: Wishes) -> Statement:
    """Write a need; half of the wishes for the kind of partner are said."""
    tails: list[tuple[str, str]] = []
    for wish, sentences in ((wishes[0], _SIZE_WISHES), (wishes[1], _AGE_WISHES)):
        if wish is not None and random.random() < _SAYS_WISH:
            tails.append(sentences[wish])
    if wishes[2] and random.random() < _SAYS_WISH:
        tails.append(_NEAR_WISH)
    if topic.problems_ko and random.random() < _AS_PROBLEM:
        said = fill(_PROBLEM, {"word": random.choice(topic.problems_ko)})
        return Statement(" ".join([said, *(korean for korean, _ in tails)]), "ko", _labels(random, topic))
    return _statement(random, topic, random.choice(_NEEDS), tails)


def offer_text(random: Random, topic: Topic) -> Statement:
    """Write an offer."""
    return _statement(random, topic, random.choice(_OFFERS), [])


def summary_texts(random: Random, kind: str, topic: Topic, other_field: str) -> tuple[str, str]:
    """Write the summary in both languages; one in five has none in English, one in twenty none at all.

    Args: other_field: community of what it lacks.
    """
    if random.random() < 0.05:
        return "", ""
    field = next(each for each in all_topics() if each.community == other_field)
    words = [{"word": random.choice(each)} for each in (topic.words_ko, topic.words_en)]
    fields = [{"field": each[0]} for each in (field.words_ko, field.words_en)]
    tail, head = random.choice(_TAILS), _SUMMARIES[kind]
    texts = [f"{fill(head[i], words[i])} {fill(tail[i], fields[i])}".strip() for i in (0, 1)]
    return texts[0], texts[1] if random.random() < 0.8 else ""


def _statement(random: Random, topic: Topic, form: tuple[str, str], tails: list[tuple[str, str]]) -> Statement:
    language = int(random.random() < _ENGLISH)
    named = _vague(random, topic) if random.random() < _VAGUE else topic
    word = random.choice(named.words_en if language else named.words_ko)
    text = " ".join([fill(form[language], {"word": word}), *(tail[language] for tail in tails)])
    return Statement(text, ("ko", "en")[language], _labels(random, topic))


def _labels(random: Random, topic: Topic) -> tuple[str, ...]:
    labels = [topic.code] if random.random() < _LABELLED else []
    if random.random() < _WRONG_LABEL:
        labels.append(random.choice(all_topics()).code)
    return tuple(dict.fromkeys(labels))


def _vague(random: Random, topic: Topic) -> Topic:
    """Return some topic of the same community: the writer does not know the right word."""
    return random.choice([each for each in all_topics() if each.community == topic.community])
