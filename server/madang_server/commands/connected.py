"""Settings with addresses in them: given ones, or those of local services that run as long as they are needed."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from madang_server.local.jars import Report, silent
from madang_server.settings import Settings, read_settings, with_secret_key


@contextmanager
def connected(settings: Settings, report: Report = silent) -> Iterator[Settings]:
    """Give settings that have both addresses and a signing key; local services stop with their last user.

    Raises:
        LocalServiceError: a local service could not be started; says what to do.
    """
    if not settings.is_local:
        yield with_secret_key(settings)
        return
    from madang_server.local.lease import lease_services

    with lease_services(settings.data_dir, report) as addresses:
        yield with_secret_key(settings).model_copy(
            update={
                "neo4j_uri": addresses.neo4j_uri,
                "neo4j_username": "neo4j",
                "neo4j_password": SecretStr(addresses.neo4j_password),
                "neo4j_database": "neo4j",
                "redis_url": addresses.redis_url,
            }
        )


def with_addresses(command: Callable[..., object]) -> Callable[..., object]:
    """Run a command of another package with our settings in its environment (NEO4J_URI and so on)."""

    @functools.wraps(command)
    def run(*positional: object, **named: object) -> object:
        from madang_server.commands.steps import Steps

        with Steps().connected(read_settings()) as settings:
            os.environ.update(settings.as_environment())
            return command(*positional, **named)

    run.__signature__ = inspect.signature(command, eval_str=True)  # pyright: ignore[reportAttributeAccessIssue]
    return run
