"""`madang user`: people and their API tokens."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer


def line() -> typer.Typer:
    """Return the group of commands."""
    group = typer.Typer(help="People and their API tokens.", no_args_is_help=True)
    group.command("add")(add)
    group.command("token")(token)
    return group


def add(
    email: Annotated[str, typer.Argument(help="E-mail address to sign in with.")],
    name: Annotated[str, typer.Option(help="Name as shown to others.", prompt=True)],
    password: Annotated[
        str,
        typer.Option(
            help="Asked for when not given; other users of this machine can see it when given.",
            prompt=True,
            confirmation_prompt=True,
            hide_input=True,
        ),
    ],
    admin: Annotated[bool, typer.Option("--admin", help="Make a platform administrator.")] = False,
) -> None:
    """Add a person who can sign in."""
    from madang_server.commands.steps import Steps
    from madang_server.settings import Settings, read_settings

    async def work(settings: Settings) -> None:
        from madang_graph.client import open_graph

        from madang_server.security.passwords import Passwords
        from madang_server.services.accounts import add_person

        async with open_graph(settings.graph_address) as graph:
            await add_person(
                graph,
                email=email,
                name=name,
                password=password,
                admin=admin,
                now=datetime.now(UTC),
                passwords=Passwords(),
            )

    with Steps().connected(read_settings()) as settings:
        asyncio.run(work(settings))
    typer.echo("Added.")


def token(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    scope: Annotated[list[str] | None, typer.Option(help="read or write; may be repeated. Default: read.")] = None,
    days: Annotated[int, typer.Option(help="Days until it ends, 1 to 365.", min=1, max=365)] = 90,
) -> None:
    """Make an API token and print it, this once: only its hash is kept. Use it as `Authorization: Bearer …`."""
    from madang_server.commands.steps import Steps
    from madang_server.settings import Settings, read_settings

    async def work(settings: Settings) -> str:
        from madang_graph.client import open_graph

        from madang_server.services.accounts import issue_token

        scopes, lifetime = tuple(scope or ["read"]), timedelta(days=days)
        async with open_graph(settings.graph_address) as graph:
            return await issue_token(graph, email, scopes, datetime.now(UTC), lifetime=lifetime)

    with Steps().connected(read_settings()) as settings:
        typer.echo(asyncio.run(work(settings)))
