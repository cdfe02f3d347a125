"""What statements name is declared in the model, and what is declared is declared once."""

from __future__ import annotations

import re
from collections import Counter

from madang_graph.model import NODES, RELATIONSHIPS

from tests.architecture.cypher import is_cypher, labels, properties, relationship_types
from tests.architecture.ours import of_packages, texts

_PATTERN = re.compile(r"\(:(\w+)\)-\[:(\w+)\]->\(:(\w+)\)")

# A search has no stored relationship: its `{r}` is a map that the statement makes itself, with these keys.
MADE_BY_STATEMENTS = {
    ("graph/madang_graph/subjects/roots.py", name)
    for name in ("likeness", "held", "named", "offer", "words", "place", "phrases", "found")
} | {("graph/madang_graph/subjects/overlaps.py", "certain")}


ELSEWHERE = {
    "server/madang_server/api/functions.py",  # reads the technologies that sentences are searched for
    "server/madang_server/pages/planning.py",  # counts all nodes, from the store
}


def statements() -> list[tuple[str, str]]:
    return [(path, text) for path, module in of_packages().items() for text in texts(module) if is_cypher(text)]


def test_the_statements_are_found() -> None:
    found = statements()
    assert len(found) > 150
    outside = {path for path, _ in found if not path.startswith("graph/")}
    assert outside <= ELSEWHERE, "Cypher stands in `graph`, above the function that runs it."


def test_every_label_in_a_statement_is_declared() -> None:
    declared = {node.label for node in NODES}
    used = {(path, label) for path, text in statements() for label in labels(text)}
    assert len({label for _, label in used}) > 15
    assert {(path, label) for path, label in used if label not in declared} == set()


def test_every_relationship_type_in_a_statement_is_declared() -> None:
    declared = {_PATTERN.fullmatch(one.pattern)[2] for one in RELATIONSHIPS}  # type: ignore[index]
    used = {(path, kind) for path, text in statements() for kind in relationship_types(text)}
    assert len({kind for _, kind in used}) > 20
    assert {(path, kind) for path, kind in used if kind not in declared} == set()


def test_every_property_in_a_statement_is_declared() -> None:
    declared = {name for one in (*NODES, *RELATIONSHIPS) for name in one.properties}
    used = {(path, name) for path, text in statements() for _, name in properties(text)}
    assert len({name for _, name in used}) > 60
    assert {one for one in used if one[1] not in declared} - MADE_BY_STATEMENTS == set()


def test_the_extraction_sees_what_is_not_declared() -> None:
    text = "MATCH (o:Organisation:Nonsense {wrong_key: $x})-[r:NO_SUCH|USES]->(t) WHERE o.no_such > 1 SET r.neither = 2"
    assert is_cypher(text)
    assert relationship_types(text) == {"NO_SUCH", "USES"}
    assert {name for _, name in properties(text)} >= {"no_such", "neither"}
    assert "Nonsense" in labels("MATCH (o:Nonsense)") | labels(text)


def test_each_label_and_relationship_is_declared_once() -> None:
    twice = [label for label, count in Counter(node.label for node in NODES).items() if count > 1]
    twice += [pattern for pattern, count in Counter(one.pattern for one in RELATIONSHIPS).items() if count > 1]
    assert twice == []


def test_each_relationship_runs_between_declared_labels() -> None:
    declared = {node.label for node in NODES}
    for one in RELATIONSHIPS:
        match = _PATTERN.fullmatch(one.pattern)
        assert match is not None, one.pattern
        assert {match[1], match[3]} <= declared, one.pattern


def test_everything_declared_has_a_description_that_is_a_sentence() -> None:
    for one in (*NODES, *RELATIONSHIPS):
        assert one.description.endswith("."), one
        for name, declared in one.properties.items():
            assert declared.description[-1] in ".?", (one, name)


def test_public_ids_have_prefixes_of_which_none_begins_another() -> None:
    prefixes = [node.prefix for node in NODES if node.prefix]
    assert [(a, b) for a in prefixes for b in prefixes if a is not b and b.startswith(a)] == []
