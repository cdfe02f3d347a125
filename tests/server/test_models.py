"""Kept models: whole or not at all, the same bytes for the same data, and nothing damaged ever serves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from madang_matching.fits.features import FIT_FEATURES
from madang_matching.lists import Combination
from madang_matching.partners.features import PARTNER_FEATURES
from madang_matching.partners.fitting import PartnerModel
from madang_server.matches.measuring import NAMES, not_measured
from madang_server.matches.model import keep_models, serving_models, shelf_of
from madang_server.matches.model_card import card_of
from madang_server.matches.model_shelf import KEPT, ModelShelf
from madang_server.matches.model_words import EVIDENCE, FIGURES
from madang_server.matches.models import Learnt, Metric, ModelFileError, Models, default_models, digest, text_of
from madang_server.settings import Settings


def priced(prices: dict[str, float]) -> PartnerModel:
    return PartnerModel(both=Combination("odds", 1.25, -0.5), prices=prices)


def make_models(seed: int = 0, **overrides: Any) -> Models:
    metrics = (Metric("partners", "ndcg", 0.25, 0.2, 0.3, 80), *not_measured("programmes"))
    made = replace(
        default_models(), partners=priced({"org_b": 0.5, "org_a": 0.25}), data_date="2026-03-02", seed=seed,
        learnt=Learnt(12, 5, 3, 1), metrics=metrics,
    )  # fmt: skip
    return replace(made, **overrides)


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(tmp_path / "models")


def put(shelf: ModelShelf, models: Models) -> str:
    version = shelf.add(models, card_of(models))
    shelf.serve(version)
    return version


def files(shelf: ModelShelf) -> dict[str, bytes]:
    return {str(p.relative_to(shelf.folder)): p.read_bytes() for p in sorted(shelf.folder.rglob("*")) if p.is_file()}


def test_what_is_kept_comes_back_as_it_was(shelf: ModelShelf) -> None:
    models = make_models()
    version = put(shelf, models)
    assert version.startswith("20260302-")
    assert shelf.read(version) == models
    assert shelf.card(version) == card_of(models)
    assert shelf.pointer().version == version


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = ModelShelf(tmp_path / "one"), ModelShelf(tmp_path / "two")
    put(one, make_models())
    put(two, make_models(partners=priced({"org_a": 0.25, "org_b": 0.5})))
    assert files(one) == files(two)
    assert len(files(one)) == 3
    before = files(one)
    put(one, make_models())
    assert files(one) == before


def test_another_seed_price_or_figure_is_another_version() -> None:
    versions = {
        make_models().version,
        make_models(seed=1).version,
        make_models(partners=priced({})).version,
        make_models(partners=PartnerModel()).version,
        make_models(metrics=()).version,
        make_models(data_date="2026-03-03").version,
    }
    assert len(versions) == 6


@pytest.mark.parametrize("name", ["model.json", "card.md"])
def test_a_file_cut_at_any_byte_does_not_serve(shelf: ModelShelf, name: str) -> None:
    version = shelf.add(make_models(), "# 매칭 모델\n\nA small card.\n")
    path = shelf.folder / version / name
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(ModelFileError):
            shelf.read(version)
    path.write_bytes(whole)
    assert shelf.read(version) == make_models()


def test_a_pointer_cut_at_any_byte_names_nothing(shelf: ModelShelf) -> None:
    put(shelf, make_models())
    path = shelf.folder / "serving.json"
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(ModelFileError):
            shelf.pointer()


def sealed(body: dict[str, Any], card: bytes) -> str:
    """What a stranger would write who knows how the sums are made."""
    import hashlib

    return text_of(body | {"sha256": digest(body), "card_sha256": hashlib.sha256(card).hexdigest()})


def plant(shelf: ModelShelf, body: dict[str, Any]) -> str:
    version = f"20260302-{digest(body)[:12]}"
    folder = shelf.folder / version
    folder.mkdir(parents=True)
    (folder / "card.md").write_bytes(b"card")
    (folder / "model.json").write_text(sealed(body, b"card"), "utf-8")
    return version


def changed(*path: str | int, value: object) -> dict[str, Any]:
    body = json.loads(text_of(make_models().body()))
    place: Any = body
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return body


@pytest.mark.parametrize(
    "body",
    [
        changed("format", value=2),
        changed("partners", value=None),
        changed("partners", "features", value=["other"]),
        changed("partners", "features", value=[]),
        changed("partners", "subject", value="fits"),
        changed("partners", "coefficients", value=[1.0]),
        changed("partners", "coefficients", 0, value="1"),
        changed("partners", "coefficients", 0, value=True),
        changed("partners", "coefficients", 0, value=None),
        changed("partners", "coefficients", 0, value=1e300),
        changed("partners", "coefficients", 0, value=10**400),
        changed("partners", "intercept", value=[]),
        changed("partners", "cases", value=-1),
        changed("fits", "cases", value=0.5),
        changed("metrics", value={}),
        changed("metrics", 0, value=[]),
        changed("metrics", 0, "value", value="good"),
        changed("both", value=None),
        changed("both", "method", value="guess"),
        changed("both", "method", value=["odds"]),
        changed("both", "slope", value=0),
        changed("both", "shift", value="0"),
        changed("prices", value=[]),
        changed("prices", "org_a", value=None),
        changed("learnt", "projects", value=-1),
        changed("learnt", value=None),
        changed("data_date", value=20260302),
        changed("data_date", value="x" * 1000),
        changed("seed", value="0"),
    ],
)  # fmt: skip
def test_a_foreign_model_with_right_sums_does_not_serve(shelf: ModelShelf, body: dict[str, Any]) -> None:
    version = plant(shelf, body)
    with pytest.raises(ModelFileError):
        shelf.read(version)
    with pytest.raises(ModelFileError):
        shelf.serve(version)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{}", "NaN", '{"format": NaN}', '{"seed": 1e999}', '{"a": "\\ud800"}', "[" * 100_000, "\x00",
     "🐙", '{"seed": ' + "9" * 10_000 + "}", '{"a": ' * 900 + "1" + "}" * 900],
)  # fmt: skip
def test_a_file_of_anything_else_does_not_serve(shelf: ModelShelf, text: str) -> None:
    version = put(shelf, make_models())
    (shelf.folder / version / "model.json").write_text(text, "utf-8")
    with pytest.raises(ModelFileError):
        shelf.read(version)
    (shelf.folder / "serving.json").write_text(text, "utf-8")
    with pytest.raises(ModelFileError):
        shelf.pointer()


def test_bytes_that_are_no_text_a_folder_and_a_giant_do_not_serve(
    shelf: ModelShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = put(shelf, make_models())
    path = shelf.folder / version / "model.json"
    whole = path.read_bytes()
    path.write_bytes(b"\xff\xfe\x80" * 9)
    with pytest.raises(ModelFileError):
        shelf.read(version)
    path.unlink()
    path.mkdir()
    with pytest.raises(ModelFileError):
        shelf.read(version)
    path.rmdir()
    path.write_bytes(whole)
    monkeypatch.setattr("madang_server.matches.model_shelf.LARGEST_BYTES", len(whole) - 1)
    with pytest.raises(ModelFileError, match="larger"):
        shelf.read(version)


@pytest.mark.parametrize("name", ["../../etc", "20260302-000000000000", "", "20260302-zz", "serving.json"])
def test_a_name_that_is_no_kept_version_cannot_be_used(shelf: ModelShelf, name: str) -> None:
    version = put(shelf, make_models())
    with pytest.raises(ModelFileError):
        shelf.serve(name)
    assert shelf.pointer().version == version


def test_a_version_under_anothers_name_does_not_serve(shelf: ModelShelf) -> None:
    one, two = put(shelf, make_models()), put(shelf, make_models(seed=1))
    for name in ("model.json", "card.md"):
        (shelf.folder / one / name).write_bytes((shelf.folder / two / name).read_bytes())
    with pytest.raises(ModelFileError, match="digest"):
        shelf.read(one)


def test_a_damaged_version_is_written_anew_by_the_same_fit(shelf: ModelShelf) -> None:
    version = put(shelf, make_models())
    (shelf.folder / version / "model.json").write_text("{}", "utf-8")
    assert put(shelf, make_models()) == version
    assert shelf.read(version) == make_models()


def test_the_latest_five_and_the_serving_one_are_kept(shelf: ModelShelf) -> None:
    import os

    versions = [put(shelf, make_models(seed=seed)) for seed in range(8)]
    for at, version in enumerate(versions):
        os.utime(shelf.folder / version, ns=(at * 10**9, at * 10**9))
    shelf.serve(versions[1], held=True)
    removed = shelf.prune()
    assert set(removed) == {versions[0], versions[2]}
    assert shelf.versions() == [*reversed(versions[3:]), versions[1]]
    assert len(shelf.versions()) == KEPT + 1
    assert shelf.prune() == []


def test_drafts_are_no_versions_and_a_failed_write_leaves_none(
    shelf: ModelShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = put(shelf, make_models())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="space"):
        shelf.add(make_models(seed=1), "card")
    assert shelf.versions() == [version]
    assert {path.name for path in shelf.folder.iterdir()} == {version, "serving.json"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def test_without_a_model_the_defaults_serve_and_say_why(settings: Settings) -> None:
    serving = serving_models(settings)
    assert (serving.version, serving.models) == ("", default_models())
    assert serving.problem == "serving.json is missing"


def test_a_damaged_model_gives_way_to_the_defaults(settings: Settings) -> None:
    kept = keep_models(settings, make_models())
    assert kept.problem is None
    assert serving_models(settings) == kept
    path = shelf_of(settings).folder / kept.version / "model.json"
    path.write_text(path.read_text("utf-8").replace("0.25", "0.26", 1), "utf-8")
    serving = serving_models(settings)
    assert (serving.version, serving.models) == ("", default_models())
    assert kept.version in (serving.problem or "")


def test_a_version_chosen_by_a_person_stays_until_a_person_fits(settings: Settings) -> None:
    first = keep_models(settings, make_models()).version
    shelf_of(settings).serve(first, held=True)
    assert keep_models(settings, make_models(seed=1), unless_held=True).version == first
    assert len(shelf_of(settings).versions()) == 2
    second = keep_models(settings, make_models(seed=1)).version
    assert second != first
    third = make_models(seed=2)
    assert keep_models(settings, third, unless_held=True).version == third.version


def test_a_held_version_that_is_damaged_does_not_stay(settings: Settings) -> None:
    first = keep_models(settings, make_models()).version
    shelf_of(settings).serve(first, held=True)
    (shelf_of(settings).folder / first / "card.md").write_text("other", "utf-8")
    assert keep_models(settings, make_models(seed=1), unless_held=True).version == make_models(seed=1).version


def test_a_folder_that_cannot_be_written_costs_the_file_only(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way", "utf-8")
    serving = keep_models(settings, make_models())
    assert (serving.problem, serving.models) == (None, make_models())


def test_every_feature_and_figure_has_words_in_both_languages() -> None:
    assert {feature.reason for feature in PARTNER_FEATURES} - set(EVIDENCE["partners"]) == set()
    assert {feature.reason for feature in FIT_FEATURES} - set(EVIDENCE["fits"]) == set()
    assert set(FIGURES) == set(NAMES)
    for words in (*EVIDENCE["partners"].values(), *EVIDENCE["fits"].values(), *FIGURES.values()):
        assert words.text_ko.endswith("다.")
        assert words.text_en.endswith(".")


def test_the_card_tells_what_is_measured_and_what_is_not() -> None:
    card = card_of(make_models())
    assert "0.250 | 0.200–0.300 | 80" in card
    assert card.count("not measured") == card.count("측정하지 않음") == 6
    assert "No age, sex, nationality" in card
    assert "나이, 성별, 국적" in card
