"""What serves pages in one application, made once from its services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import GraphQLSchema
from madang_frontend import load_mutations, load_pages, load_reads

from madang_server.pages.ports import Clock, DemoPeople, Execute, Forgery
from madang_server.pages.reading import Reader
from madang_server.pages.rendering import Renderer
from madang_server.pages.rows import PageRow
from madang_server.pages.tables import Tables
from madang_server.pages.writing import Writer


@dataclass(frozen=True, slots=True)
class Site:
    """The reader of pages and the writer of forms."""

    reader: Reader
    writer: Writer
    reads: Mapping[str, str]
    """Documents without a template, by name."""
    tables: Tables


def make_site(
    execute: Execute,
    *,
    schema: GraphQLSchema,
    forgery: Forgery,
    clock: Clock,
    demo_people: DemoPeople,
    zone: str,
    rows: tuple[PageRow, ...],
) -> Site:
    """Prepare templates, documents and translations.

    Args:
        execute: runs a document of a page or form for a viewer.
        zone: zone that times are shown in, as in the tz database.
    Raises: AssetsMissingError: the page assets were not built.
    """
    renderer = Renderer.create(clock, zone, demo_people, forgery)
    reader = Reader.create(execute, schema=schema, clock=clock, renderer=renderer, pages=load_pages(), rows=rows)
    return Site(
        reader,
        Writer.create(execute, schema, forgery, reader, load_mutations()),
        load_reads(),
        Tables.create(reader, schema, zone),
    )
