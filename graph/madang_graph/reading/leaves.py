"""Leaves: how a field's value is fetched, hidden from those who may not see it, and read with its checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from madang_graph.errors import ContractBrokenError, SelectionError
from madang_graph.reading.declare import Field
from madang_graph.reading.selection import Pick
from madang_graph.reading.types import Scalar, Value, ValueField, Words
from madang_graph.reading.writer import CHECKS, Source, Writer, stored_word


class Leaves:
    """Compiles the leaves of one statement. Each method returns (Cypher expression, builder expression)."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def field(self, declared: Field, cypher: str, visible: str, pick: Pick, column: str) -> tuple[str, str]:
        """Return a leaf: its expression, null for those who may not see it, and its checked reading."""
        index = -1
        if declared.prepare:
            parameter = self._writer.prepared(declared.prepare, declared.arguments, pick.arguments)
            cypher = cypher.replace("$a_prepared", f"${parameter}")
        elif declared.arguments and not declared.localised:
            sources = {a.name: self._writer.argument(a, pick.arguments.get(a.name)) for a in declared.arguments}
            if declared.compute is not None:
                index = self._writer.argument_set(sources)
            for name, source in sources.items():
                if f"$a_{name}" in cypher:
                    parameter = self._writer.parameter(source.given, source.enter)
                    cypher = cypher.replace(f"$a_{name}", f"${parameter}")
        if visible:
            cypher = f"CASE WHEN {visible} THEN {cypher} END"
        return cypher, self._reading(declared, pick, column, index)

    def _reading(self, declared: Field, pick: Pick, column: str, index: int) -> str:
        value = column
        if declared.compute is not None:
            compute = self._writer.named(declared.compute) if isinstance(declared.compute, str) else declared.compute
            arguments = f"a[{index}]" if index >= 0 else "{}"
            value = f"{self._writer.constant(compute)}({column}, {arguments})"
        if isinstance(declared.type, Value):
            reader = self.value(declared.type, pick.picks.get(declared.type.name, ()))
            if declared.many:
                return _each(f"{reader}(v, a, lang)", value, nullable=declared.nullable)
            return f"({reader}(v, a, lang) if (v := {value}) is not None else None)"
        if declared.localised:
            texts = self._writer.constant(_present_text if not declared.nullable else _text)
            return f"{texts}({value}, {self._language(pick)})"
        if declared.many:
            if isinstance(declared.type, Words):
                words = self._writer.constant(_table(declared.type))
                return _each(f"{words}[v]", value, nullable=declared.nullable)
            return value
        return self._checked(declared.type, value, nullable=declared.nullable)

    def _checked(self, kind: Scalar | Words, value: str, *, nullable: bool) -> str:
        if isinstance(kind, Words):
            table = self._writer.constant(_table(kind, nullable=nullable))
            return f"{table}[{value}]"
        if not nullable:
            value = f"{self._writer.constant(_present)}({value})"
        check = CHECKS.get(kind)
        return value if check is None else f"{self._writer.constant(check)}({value})"

    def _language(self, pick: Pick) -> str:
        """Return what gives the language of a text: the one that the field was asked for, or that of the request."""
        given = pick.arguments.get("language")
        if given is None:
            return "lang"
        index = self._writer.argument_set({"language": Source(given, stored_word)})
        return f"(a[{index}]['language'] or lang)"

    def value(self, kind: Value, picks: tuple[Pick, ...]) -> str:
        """Return the name of the function that reads the picks of a value."""
        entries: list[str] = []
        for pick in picks:
            if pick.name == "__typename":
                entries.append(f"{pick.key!r}: {kind.name!r}")
                continue
            declared = kind.field(pick.name)
            if declared is None:
                raise SelectionError(f"{kind.name} has no field {pick.name!r}.")
            entries.append(f"{pick.key!r}: {self._value_field(declared, pick)}")
        return self._writer.function("v", "v, a, lang", [f"return {{{', '.join(entries)}}}"])

    def _value_field(self, declared: ValueField, pick: Pick) -> str:
        if isinstance(declared.type, Value):
            reader = self.value(declared.type, pick.picks.get(declared.type.name, ()))
            if declared.many:
                return f"[{reader}(w, a, lang) for w in (v.get({declared.key!r}) or ())]"
            return f"({reader}(w, a, lang) if (w := v.get({declared.key!r})) is not None else None)"
        if declared.many and isinstance(declared.type, Words):
            return f"[{self._writer.constant(_table(declared.type))}[w] for w in (v.get({declared.key!r}) or ())]"
        if declared.many:
            return f"(v.get({declared.key!r}) or [])"
        if declared.localised:
            stem = f"{declared.key}_" if declared.key else ""
            value = f"{self._writer.constant(_in_language)}(v, {stem!r}, {self._language(pick)})"
        elif declared.nullable:
            value = f"v.get({declared.key!r})"
        else:
            value = f"v[{declared.key!r}]"
        return self._checked(declared.type, value, nullable=declared.nullable)


def _each(read: str, values: str, *, nullable: bool) -> str:
    """Return the reading of each `v` of a list that, when `nullable`, may be missing as a whole."""
    if not nullable:
        return f"[{read} for v in {values}]"
    return f"([{read} for v in vs] if (vs := {values}) is not None else None)"


_TABLES: dict[tuple[str, bool], dict[Any, Any]] = {}


def _table(words: Words, *, nullable: bool = False) -> dict[Any, Any]:
    """Return stored word → shown word, with None → None when it may be missing; one object per list."""
    table = _TABLES.get((words.name, nullable))
    if table is None:
        table = _TABLES[words.name, nullable] = {**words.shown, **({None: None} if nullable else {})}
    return table


def _present(value: Any) -> Any:
    if value is None:
        raise ContractBrokenError("A value", value, "never missing")
    return value


def _in_language(value: Mapping[str, Any], stem: str, language: str) -> Any:
    other = "en" if language == "ko" else "ko"
    return value.get(stem + language) or value.get(stem + other)


def _text(texts: tuple[str | None, str | None] | None, language: str) -> str | None:
    """Return the text of [Korean, English] in the language, or else in the other; None where neither is there."""
    if texts is None:
        return None
    korean, english = texts
    first, other = (english, korean) if language == "en" else (korean, english)
    return first if first is not None else other


def _present_text(texts: tuple[str | None, str | None] | None, language: str) -> str:
    return _text(texts, language) or ""
