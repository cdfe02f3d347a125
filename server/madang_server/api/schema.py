"""The schema: reads from the read model, writes from the mutation modules, joined by Strawberry.

`python -m madang_server.api.schema` prints it; a test compares it with the committed `schema.graphql`.
"""

from __future__ import annotations

import strawberry
from madang_server.api import types
from madang_server.api.mutations import build_mutation
from madang_server.api.payloads import payload_type_names, take_from_answers
from strawberry.schema.config import StrawberryConfig


def build_schema() -> strawberry.Schema:
    """Return the schema, with the fields of read types taking their values from compiled answers."""
    schema = strawberry.Schema(
        query=types.Query,
        mutation=build_mutation(types.by_name()),
        types=types.all_types(),
        config=StrawberryConfig(auto_camel_case=True, scalar_map=types.SCALARS),
    )
    take_from_answers(schema._schema, payload_type_names(schema._schema))
    return schema


if __name__ == "__main__":
    print(build_schema().as_str())
