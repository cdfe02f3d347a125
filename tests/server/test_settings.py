"""Settings: what is wrong is named; both addresses or neither; children read what parents write."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from madang_server.settings import Settings, SettingsError, read_settings, variable_of, with_secret_key

FULL = {"NEO4J_URI": "bolt://127.0.0.1:7687", "NEO4J_PASSWORD": "secret-word", "REDIS_URL": "redis://127.0.0.1:6379/0"}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*os.environ]:
        if name.startswith(("MADANG_", "NEO4J_", "REDIS_")):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"MADANG_PORT": "seventy"}, "MADANG_PORT"),
        ({"MADANG_PORT": "70000"}, "MADANG_PORT"),
        ({"MADANG_PROT": "8000"}, "MADANG_PROT: is unknown; did you mean MADANG_PORT?"),
        ({"MADANG_SECRET_KEY": "short"}, "MADANG_SECRET_KEY"),
        ({"MADANG_TIMEZONE": "Seoul"}, "MADANG_TIMEZONE"),
        ({"MADANG_DASK": "10.0.0.5:8786"}, "MADANG_DASK"),
        ({"NEO4J_URI": "http://127.0.0.1"}, "NEO4J_URI"),
        (FULL | {"REDIS_URL": "127.0.0.1"}, "REDIS_URL"),
        ({"REDIS_URL": FULL["REDIS_URL"]}, "NEO4J_URI: is missing"),
        (FULL | {"REDIS_URL": ""}, "REDIS_URL: is missing"),
        (FULL | {"NEO4J_PASSWORD": ""}, "NEO4J_PASSWORD: is missing"),
    ],
)
def test_a_wrong_or_missing_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], named: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=named.replace("?", r"\?")):
        read_settings(env_file=None)


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (FULL | {"REDIS_URL": "redis://:queue-word@127.0.0.1:6379/0"}).items():
        monkeypatch.setenv(name, value)
    settings = read_settings(env_file=None)
    assert not {word for word in ("secret-word", "queue-word") if word in repr(settings)}
    assert settings.graph_address.password == "secret-word"


def test_the_environment_wins_over_the_file_and_arguments_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("MADANG_PORT=8001\nMADANG_TIMEZONE=Asia/Tokyo\n")
    assert read_settings(env_file=env_file).port == 8001
    monkeypatch.setenv("MADANG_PORT", "8002")
    assert read_settings(env_file=env_file).port == 8002
    assert read_settings(env_file=env_file, port=8003).port == 8003
    assert read_settings(env_file=env_file).timezone == "Asia/Tokyo"


def test_a_child_reads_what_its_parent_wrote(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in FULL.items():
        monkeypatch.setenv(name, value)
    parent = read_settings(env_file=None, demo=True, data_dir=tmp_path, secret_key="k" * 40)
    for name, value in parent.as_environment().items():
        monkeypatch.setenv(name, value)
    assert read_settings(env_file=None) == parent


def test_arguments_win_over_addresses_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in FULL.items():
        monkeypatch.setenv(name, value)
    assert read_settings(env_file=None, neo4j_uri="bolt://127.0.0.1:9999").neo4j_uri == "bolt://127.0.0.1:9999"


def test_a_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = read_settings(env_file=None, data_dir=tmp_path / "new")
    first, second = (with_secret_key(settings).secret_key.get_secret_value() for _ in range(2))
    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600


def test_every_setting_says_what_it_means() -> None:
    assert {variable_of(name) for name, field in Settings.model_fields.items() if not field.description} == set()
