"""`madang fit`: train the matching model on the graph, or go back to an earlier version."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from madang_server.local.jars import Report
from madang_server.settings import Settings


def fit(
    seed: Annotated[
        int, typer.Option(help="Seed of the random numbers; the same data and seed give the same model.")
    ] = 0,
    list_: Annotated[bool, typer.Option("--list", help="Only list the kept versions, latest first.")] = False,
    use: Annotated[
        str | None,
        typer.Option(help="Go back to this version. It stays until `madang fit` runs again.", metavar="VERSION"),
    ] = None,
) -> None:
    """Train the matching model on what the graph holds, keep it in the data folder, and make it serve.

    The lists follow with `madang match`, and by themselves every night.
    """
    from madang_server.commands.steps import Steps
    from madang_server.operations.logs import configure_logs
    from madang_server.settings import read_settings

    steps, settings = Steps(), read_settings()
    configure_logs(settings.log_format, "warning")
    if list_:
        typer.echo("\n".join(kept_lines(settings)))
    elif use is not None:
        use_version(settings, use)
        typer.echo(f"{use} serves. `madang match` makes the lists with it.")
    else:
        with steps.connected(settings) as ready, steps.step("Training") as note:
            note.remark = asyncio.run(fit_graph(ready, note.report, seed))


def kept_lines(settings: Settings) -> list[str]:
    """Return a line for each kept version, latest first: what it was learnt from, how good it is, whether it serves."""
    from madang_server.matches.model import shelf_of
    from madang_server.matches.models import ModelFileError

    shelf = shelf_of(settings)
    try:
        pointer = shelf.pointer()
        serving, held = pointer.version, pointer.held
    except ModelFileError:
        serving, held = "", False
    lines: list[str] = []
    for version in shelf.versions():
        mark = ("serves, chosen by hand" if held else "serves") if version == serving else ""
        try:
            models = shelf.read(version)
        except ModelFileError as error:
            lines.append(f"{version}  {error.problem}  {mark}".rstrip())
            continue
        ndcg = next((m.value for m in models.metrics if (m.subject, m.name) == ("partners", "ndcg")), None)
        quality = "not measured" if ndcg is None else f"NDCG@10 {ndcg:.3f}"
        lines.append(
            f"{version}  seed {models.seed}  {models.partners.weights.cases} pairs  {quality}  {mark}".rstrip()
        )
    return lines or ["No version is kept yet; `madang fit` makes one."]


def use_version(settings: Settings, version: str) -> None:
    """Make a kept version serve and hold it.

    Raises: typer.Exit: it is not kept, or damaged; said on standard error.
    """
    from madang_server.matches.model import shelf_of
    from madang_server.matches.models import ModelFileError

    try:
        shelf_of(settings).serve(version, held=True)
    except ModelFileError as error:
        typer.echo(f"madang: {version} {error.problem}. See `madang fit --list`.", err=True)
        raise typer.Exit(1) from None


async def fit_graph(settings: Settings, report: Report, seed: int = 0, *, unless_held: bool = False) -> str:
    """Train on the graph at the settings' address. Returns what was learnt, in words.

    Args: unless_held: leave the serving model where a person chose it.
    """
    from madang_server.matches.model_note import note_serving
    from madang_server.matches.run import fit as fit_state
    from madang_server.matches.run import prepare
    from madang_server.matches.state import Matcher
    from madang_server.wiring import open_services

    async with open_services(settings) as services:
        state, _ = await prepare(services, Matcher(services.graph, services.encoder, services.clock), report)
        report("Fitting and measuring", 0.5)
        serving = await fit_state(services, state, seed, unless_held=unless_held)
        await note_serving(services.graph, serving, encoder_broken=state.basic, now=services.clock())
    pairs = serving.models.partners.weights.cases
    learnt = f"learnt from {pairs} pairs" if pairs else "too little history: the documented default weights"
    return f"({serving.version}, {learnt})"
