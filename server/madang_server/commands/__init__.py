"""The command line: one small module per command, gathered here; other packages add theirs by an entry point."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import entry_points

import typer

from madang_server.commands import check, demo, fit, match, migrate, serve, test, user, worker
from madang_server.commands.connected import with_addresses

ENTRY_POINTS = "madang.commands"
_COMMANDS: tuple[tuple[str, Callable[..., object]], ...] = (
    ("demo", demo.demo),
    ("test", test.run_tests),
    ("serve", serve.serve),
    ("worker", worker.worker),
    ("migrate", migrate.migrate),
    ("fit", fit.fit),
    ("match", match.match),
    ("check", check.check),
)


def command_line(*, all_of_them: bool = True) -> typer.Typer:
    """Make the command line: our commands, then, if all are wanted, those that other packages registered."""
    line = typer.Typer(
        name="madang",
        help="The open platform of an innovation district. Begin with `madang demo`.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name, function in _COMMANDS:
        settings = {"allow_extra_args": True, "ignore_unknown_options": True} if name == "test" else None
        line.command(name, context_settings=settings)(function)
    line.add_typer(user.line(), name="user")
    others = entry_points(group=ENTRY_POINTS) if all_of_them else ()
    for entry in sorted(others, key=lambda entry: entry.name):
        added = entry.load()
        if isinstance(added, typer.Typer):
            line.add_typer(added, name=entry.name)
        else:
            line.command(entry.name)(with_addresses(added))
    return line


def app() -> None:
    """Run the command line; what people can put right is told in a line or two, without a traceback."""
    from madang_graph.errors import GraphError
    from madang_matching.errors import ClusterError

    from madang_server.local.errors import LocalServiceError
    from madang_server.services.errors import DomainError
    from madang_server.settings import SettingsError

    try:
        # Other packages' commands are slow to import, and a start of one of ours should not wait for them.
        ours = sys.argv[1:2] != [] and sys.argv[1] in {name for name, _ in _COMMANDS} | {"user"}
        command_line(all_of_them=not ours)(prog_name="madang")
    except (SettingsError, LocalServiceError, GraphError, ClusterError, DomainError) as error:
        print(f"madang: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
