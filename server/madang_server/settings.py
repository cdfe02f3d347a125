"""Settings: read once at each entry point, from the environment and one `.env`; what is wrong is named."""

from __future__ import annotations

import difflib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

if TYPE_CHECKING:
    from madang_graph.client import GraphAddress

PROJECT_FOLDER = Path(__file__).parents[2]
PREFIX = "MADANG_"
# Read elsewhere than here: by the wrapper, by the cache, by the tests.
_OTHER_VARIABLES = frozenset({"MADANG_CACHE", "MADANG_PYTHON", "MADANG_SETUP_S"})


class SettingsError(Exception):
    """One or more variables are wrong or missing; the message names each."""

    def __init__(self, findings: list[tuple[str, str]]) -> None:
        self.findings = findings
        super().__init__("\n".join(f"{name}: {reason}" for name, reason in findings))


class Settings(BaseSettings):
    """All settings. A variable is `MADANG_` and the name in capitals, unless its field says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="ignore", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )

    neo4j_uri: str | None = Field(None, validation_alias="NEO4J_URI")
    """Address of an external Neo4j (`neo4j://`, `bolt://`, or either with `+s`). Unset: a local one is started."""
    neo4j_username: str = Field("neo4j", validation_alias="NEO4J_USERNAME")
    """User of the external Neo4j."""
    neo4j_password: SecretStr = Field(SecretStr(""), validation_alias="NEO4J_PASSWORD")
    """Password of that user; needed when NEO4J_URI is set."""
    neo4j_database: str = Field("neo4j", validation_alias="NEO4J_DATABASE")
    """Database within the external Neo4j."""
    redis_url: str | None = Field(None, validation_alias="REDIS_URL", repr=False)
    """Address of an external Valkey or Redis (`redis://`, `rediss://`). Unset: a local one is started."""

    data_dir: Path = PROJECT_FOLDER / ".madang"
    """Folder of the local graph, queue and secrets. It must be on a local disk and belong to one user."""
    secret_key: SecretStr = SecretStr("")
    """Signs cursors and forms; at least 32 characters, the same for all web processes. Unset: made in data_dir."""
    demo: bool = False
    """Demo mode: sign-in shows the demo accounts as buttons. Never set it where people have real accounts."""
    host: str = "127.0.0.1"
    """Address the web listens on."""
    port: int = Field(8000, ge=1, le=65535)
    """Port the web listens on, 1 to 65535."""
    public_origin: str = ""
    """Scheme, host and port as browsers see them, as in `https://madang.example`. Unset: made of host and port."""
    log_format: Literal["json", "pretty"] = "pretty"
    """Form of log lines: `json` for machines, `pretty` for people."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Lowest level that is logged."""
    metrics_token: SecretStr = SecretStr("")
    """Bearer token that `/metrics` asks for. Unset: only callers on this machine, not through a proxy, may read it."""
    timezone: str = "Asia/Seoul"
    """Zone in which times are shown, as in the tz database."""
    smtp_host: str = Field("", validation_alias="SMTP_HOST")
    """Mail server that takes digests. Unset: letters stay in the local outbox, which administrators see."""
    smtp_port: int = Field(587, validation_alias="SMTP_PORT", ge=1, le=65535)
    """Port of the mail server."""
    smtp_username: str = Field("", validation_alias="SMTP_USERNAME")
    """User of the mail server. Unset: it is not signed in to."""
    smtp_password: SecretStr = Field(SecretStr(""), validation_alias="SMTP_PASSWORD")
    """Password of that user."""
    smtp_security: Literal["starttls", "tls", "none"] = Field("starttls", validation_alias="SMTP_SECURITY")
    """How the way there is guarded: `starttls`, `tls` from the first byte, or `none` for a server on this machine."""
    smtp_from: str = Field("", validation_alias="SMTP_FROM")
    """Sender of the letters, as in `Madang <madang@example.kr>`; needed when SMTP_HOST is set."""
    dask: str = ""
    """Scheduler of Dask workers that compute partner lists, as in `tcp://10.0.0.5:8786`; all must see `TMPDIR`."""
    k_startup_key: SecretStr = SecretStr("")
    """Key of the K-Startup open API (data.go.kr) for `madang load k-startup`."""
    k_startup_url: str = ""
    """Address of that API. Unset: the public one."""
    bizinfo_key: SecretStr = SecretStr("")
    """Key of the Bizinfo open API (bizinfo.go.kr) for `madang load bizinfo`."""
    bizinfo_url: str = ""
    """Address of that API. Unset: the public one."""

    @field_validator("neo4j_uri", "redis_url", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("neo4j_uri")
    @classmethod
    def _graph_scheme(cls, value: str | None) -> str | None:
        schemes = ("neo4j://", "neo4j+s://", "neo4j+ssc://", "bolt://", "bolt+s://", "bolt+ssc://")
        if value is not None and not value.startswith(schemes):
            raise ValueError(f"must begin with one of {', '.join(schemes)}")
        return value

    @field_validator("redis_url")
    @classmethod
    def _queue_scheme(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("redis://", "rediss://")):
            raise ValueError("must begin with redis:// or rediss://")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_key(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < 32:
            raise ValueError("must have at least 32 characters")
        return value

    @field_validator("public_origin")
    @classmethod
    def _origin(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("k_startup_url", "bizinfo_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value

    @field_validator("dask")
    @classmethod
    def _scheduler(cls, value: str) -> str:
        if value and not value.startswith(("tcp://", "tls://")):
            raise ValueError("must begin with tcp:// or tls://")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is no zone of the tz database; an example is Asia/Seoul")
        return value

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.neo4j_uri is None) != (self.redis_url is None):
            missing = "NEO4J_URI" if self.neo4j_uri is None else "REDIS_URL"
            raise ValueError(f"{missing} is missing: set both NEO4J_URI and REDIS_URL, or neither")
        if self.smtp_host and "@" not in self.smtp_from:
            raise ValueError("SMTP_FROM is missing: it is needed with SMTP_HOST")
        if self.neo4j_uri and not self.neo4j_password.get_secret_value():
            raise ValueError("NEO4J_PASSWORD is missing: it is needed with NEO4J_URI")
        return self

    @property
    def is_local(self) -> bool:
        """Whether Neo4j and Valkey are ours to start."""
        return self.neo4j_uri is None

    @property
    def origin(self) -> str:
        """Scheme, host and port as browsers see them."""
        return self.public_origin or f"http://{self.host}:{self.port}"

    @property
    def graph_address(self) -> GraphAddress:
        """Where the graph is. Raises SettingsError while no address is known."""
        from madang_graph.client import GraphAddress  # the driver takes half a second, and not every command needs it

        if self.neo4j_uri is None:
            raise SettingsError([("NEO4J_URI", "is not set and no local Neo4j was started")])
        return GraphAddress(
            self.neo4j_uri, self.neo4j_username, self.neo4j_password.get_secret_value(), self.neo4j_database
        )

    @property
    def queue_url(self) -> str:
        """Where the queue is. Raises SettingsError while no address is known."""
        if self.redis_url is None:
            raise SettingsError([("REDIS_URL", "is not set and no local Valkey was started")])
        return self.redis_url

    def as_environment(self) -> dict[str, str]:
        """Return every setting as the variables that a child process reads."""
        values: dict[str, str] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                value = value.get_secret_value()
            values[variable_of(name)] = "" if value is None else str(value)
        return values


def variable_of(field: str) -> str:
    """Return the environment variable of a field."""
    declared = Settings.model_fields[field].validation_alias if field in Settings.model_fields else None
    return str(declared) if declared else PREFIX + field.upper()


def read_settings(env_file: Path | None = PROJECT_FOLDER / ".env", **overrides: object) -> Settings:
    """Read the settings; `overrides` (fields by name) win over the environment, which wins over the `.env`.

    Raises:
        SettingsError: a variable is wrong, missing, or unknown although it begins with MADANG_.
    """
    findings = _unknown_variables(os.environ)
    given = {variable_of(name): value for name, value in overrides.items() if value is not None}
    given = {_argument_of(variable): value for variable, value in given.items()}
    try:
        settings = Settings(_env_file=env_file, **given)  # pyright: ignore[reportCallIssue, reportArgumentType]
    except ValidationError as error:
        findings += [_finding(detail) for detail in error.errors()]
        raise SettingsError(findings) from None
    if findings:
        raise SettingsError(findings)
    return settings


def _argument_of(variable: str) -> str:
    """Aliased fields are passed by alias so that they win over the environment; the others by name."""
    return variable.removeprefix(PREFIX).lower() if variable.startswith(PREFIX) else variable


def _finding(detail: Mapping[str, object]) -> tuple[str, str]:
    place = detail["loc"]
    reason = str(detail["msg"]).removeprefix("Value error, ")
    if isinstance(place, tuple) and place:
        return variable_of(str(place[0])) if str(place[0]) in Settings.model_fields else str(place[0]), reason
    name, _, rest = reason.partition(" ")
    return name, rest


def _unknown_variables(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    known = {variable_of(name) for name in Settings.model_fields} | _OTHER_VARIABLES
    findings: list[tuple[str, str]] = []
    for name in environment:
        if name.startswith(PREFIX) and name not in known:
            close = difflib.get_close_matches(name, known, 1)
            findings.append((name, f"is unknown; did you mean {close[0]}?" if close else "is unknown"))
    return findings


def with_secret_key(settings: Settings) -> Settings:
    """Return the settings with a signing key, made once in the data folder when none is set."""
    from madang_server.local.folders import write_secret

    if settings.secret_key.get_secret_value():
        return settings
    kept = settings.data_dir / "secret-key"
    if not kept.exists():
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_secret(kept, secrets.token_urlsafe(48))
    return settings.model_copy(update={"secret_key": SecretStr(kept.read_text(encoding="utf-8"))})
