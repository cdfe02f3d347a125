"""Sentence vectors, n-grams and the technologies a sentence names."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from madang_matching.korean import quoted, with_particle
from madang_matching.nearest import Index
from madang_matching.profiles.vectors import centred
from madang_matching.records import Technology
from madang_matching.text import CharacterNgrams, TechnologySpotter, UniversalEncoder

from tests.matching.builders import AI, BATTERY, ROBOTS, VISION


@pytest.fixture(scope="module")
def encoder() -> UniversalEncoder:
    return UniversalEncoder()


def test_vectors_have_length_one_and_empty_texts_are_zero(encoder: UniversalEncoder) -> None:
    vectors = encoder.encode(["로봇", "", "\x00 \n", "robot " * 50_000, "🤖 로봇 robot"])
    assert vectors.shape == (5, 512)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1, 1], atol=1e-5)
    assert encoder.encode([]).shape == (0, 512)


def test_a_korean_sentence_is_nearest_to_its_english_twin(encoder: UniversalEncoder) -> None:
    pairs = [
        ("불량 검사를 자동화할 비전 기술이 필요합니다.", "We need machine vision to automate defect inspection."),
        ("물류 창고의 재고를 로봇으로 옮기고 싶습니다.", "We want robots to move stock in our warehouse."),
        ("배터리 상태를 예측하는 소프트웨어를 만듭니다.", "We build software that predicts battery health."),
        ("환자 기록을 안전하게 공유하는 방법을 찾습니다.", "We look for a way to share patient records safely."),
    ]
    korean = encoder.encode([ko for ko, _ in pairs])
    english = encoder.encode([en for _, en in pairs])
    assert (korean @ english.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_equal_texts_have_equal_vectors_whatever_stands_beside_them(encoder: UniversalEncoder) -> None:
    alone = encoder.encode(["로봇"])[0]
    among = encoder.encode(["배터리", "로봇", "로봇", "클라우드"])
    np.testing.assert_allclose(among[1], alone, atol=1e-5)
    np.testing.assert_array_equal(among[1], among[2])


def test_ngrams_find_shared_wording_and_bear_empty_texts() -> None:
    ngrams = CharacterNgrams().fit(["협동로봇 자동화", "배터리 진단", ""])
    rows = ngrams.transform(["협동로봇을 씁니다", "배터리", ""]).toarray()
    corpus = ngrams.transform(["협동로봇 자동화", "배터리 진단", ""]).toarray()
    likeness = rows @ corpus.T
    assert likeness[0].argmax() == 0
    assert likeness[1].argmax() == 1
    assert likeness[2].max() == 0
    assert CharacterNgrams().fit([""]).transform(["가"]).shape[0] == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("협동로봇을 도입하고 싶습니다", {("tec_robot", "로봇")}),
        ("비전검사와 AI로 불량을 찾습니다", {("tec_vision", "비전검사"), ("tec_ai", "AI")}),
        ("Machine-Vision and ROBOTS", {("tec_vision", "Machine-Vision"), ("tec_robot", "ROBOTS")}),
        ("we said maintain and paid", set()),
        ("Batteries or a battery?", {("tec_battery", "Batteries")}),
        ("", set()),
    ],
)
def test_spotting(sentence: str, expected: set[tuple[str, str]]) -> None:
    spotter = TechnologySpotter([ROBOTS, VISION, AI, BATTERY])
    assert set(spotter.spot(sentence)) == expected


def test_the_longest_keyword_wins_and_one_syllable_needs_a_free_place() -> None:
    spotter = TechnologySpotter(
        [
            Technology("tec_data", "데이터", ""),
            Technology("tec_big", "빅데이터", "big data", None, ("빅 데이터",)),
            Technology("tec_light", "빛", "light"),
        ]
    )
    assert [found.technology_id for found in spotter.spot("빅 데이터를 다룹니다")] == ["tec_big"]
    assert [found.technology_id for found in spotter.spot("빛으로 봅니다")] == ["tec_light"]
    assert spotter.spot("눈빛이 달빛처럼 빛나다") == ()


def test_a_spotter_without_technologies_finds_nothing() -> None:
    assert TechnologySpotter([]).spot("로봇") == ()


@pytest.mark.parametrize(
    ("word", "josa", "expected"),
    [
        ("로봇", "을/를", "로봇을"),
        ("배터리", "을/를", "배터리를"),
        ("서울", "으로/로", "서울로"),
        ("강남", "으로/로", "강남으로"),
        ("강남구", "와/과", "강남구와"),
        ("인공지능", "와/과", "인공지능과"),
        ("AI", "은/는", "AI는"),
        ("TRL 6", "이/가", "TRL 6이"),
        ("“로봇”", "이/가", "“로봇”이"),
        ("", "은/는", "는"),
    ],
)
def test_particles_follow_the_last_sound(word: str, josa: str, expected: str) -> None:
    assert with_particle(word, josa) == expected  # type: ignore[arg-type]


def test_quotes_are_one_line_and_short() -> None:
    assert quoted("가\n나  다") == "“가 나 다”"
    assert len(quoted("가" * 200)) == 62


def test_every_place_that_names_a_technology_is_given_in_the_sentence_as_typed() -> None:
    spotter = TechnologySpotter([ROBOTS, VISION, AI, BATTERY])
    for sentence in ("로봇과 ＡＩ, 다시 로봇", unicodedata.normalize("NFD", "로봇과 AI, 다시 로봇"), "⅓로봇 ﬁ AI 로봇"):
        phrases = spotter.phrases(sentence)
        assert [phrase.technology_id for phrase in phrases] == ["tec_robot", "tec_ai", "tec_robot"]
        for phrase in phrases:
            assert sentence[phrase.start : phrase.end] == phrase.words
            normal = unicodedata.normalize("NFKC", phrase.words)
            assert normal in {"로봇", "AI"}
    assert spotter.phrases("") == ()


def test_a_korean_sentence_finds_its_english_twin_first_among_all_pairs(encoder: UniversalEncoder) -> None:
    path = Path(__file__).with_name("korean_english_pairs.csv")
    with path.open(encoding="utf-8", newline="") as opened:
        pairs = list(csv.DictReader(opened))
    assert len(pairs) >= 100
    korean = [pair["korean"] for pair in pairs]
    english = [pair["english"] for pair in pairs]
    vectors = encoder.encode(korean + english)
    for table in (vectors, centred(vectors, korean + english)):
        index = Index.of(table[len(pairs) :])
        first = [index.top(table[row], 1).rows[0] for row in range(len(pairs))]
        assert np.mean(np.array(first) == np.arange(len(pairs))) >= 0.9
