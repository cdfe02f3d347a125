"""`madang user`: people and their API tokens."""

from __future__ import annotations

import asyncio
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
    language: Annotated[str, typer.Option(help="Preferred language: ko or en.")] = "ko",
) -> None:
    """Add a person who can sign in."""
    from madang_server.commands.steps import Steps
    from madang_server.settings import Settings, read_settings

    async def work(settings: Settings) -> str:
        from madang_server.services.people import add_person
        from madang_server.wiring import open_services

        async with open_services(settings) as services:
            return await add_person(services, email=email, name=name, password=password, admin=admin, language=language)

    with Steps().connected(read_settings()) as settings:
        typer.echo(f"Added {asyncio.run(work(settings))}.")


def token(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    scope: Annotated[list[str] | None, typer.Option(help="read or write; may be repeated. Default: read.")] = None,
    days: Annotated[int, typer.Option(help="Days until it ends, 1 to 365.", min=1, max=365)] = 90,
) -> None:
    """Make an API token and print it, this once: only its hash is kept. Use it as `Authorization: Bearer …`."""
    from madang_server.commands.steps import Steps
    from madang_server.settings import Settings, read_settings

    async def work(settings: Settings) -> str:
        from madang_server.services.people import issue_token
        from madang_server.wiring import open_services

        async with open_services(settings) as services:
            return await issue_token(services, email=email, scopes=tuple(scope or ["read"]), days=days)

    with Steps().connected(read_settings()) as settings:
        typer.echo(asyncio.run(work(settings)))
