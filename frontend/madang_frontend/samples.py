"""Sample values for /components: made from a part's fragment and the schema, so they hold what the part selects."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    parse,
)

_PARTS = Path(__file__).parent / "parts"
_TEXTS = {
    "name": "새마루비전",
    "nameKo": "새마루비전",
    "nameEn": "Saemaru Vision",
    "summary": "카메라로 부품 표면의 흠을 찾는 소프트웨어를 만듭니다.",
    "text": "부품 표면의 긁힘을 사람이 눈으로 찾는데 불량이 섞여 나갑니다.",
    "sentence": "찾는 기술이 같습니다: 머신비전",
    "message": "다음 달에 검사 시험을 하고 싶습니다.",
    "required": "10명 이상",
    "mine": "9명",
    "sourceText": "상시근로자 10인 이상",
    "valueSource": "self · 2026-11-02",
    "title": "서울 열린데이터광장",
    "licence": "공공누리 1유형",
    "url": "https://data.seoul.go.kr",
    "dong": "가산동",
    "ownShare": "총사업비의 20 % 이상",
    "ownerName": "중소벤처기업부",
}
_SCALARS: dict[str, Any] = {"ID": "org_sample", "Int": 12, "Float": 0.62, "Boolean": False, "Won": 320_000_000}


class Samples:
    """Makes a value of a fragment: `sample("CallLine", state="OPEN")`."""

    def __init__(self, schema: GraphQLSchema, now: datetime) -> None:
        documents = parse("\n".join(path.read_text(encoding="utf-8") for path in sorted(_PARTS.glob("*.graphql"))))
        self.fragments = {d.name.value: d for d in documents.definitions if isinstance(d, FragmentDefinitionNode)}
        self.schema, self.now = schema, now

    def of(self, part: str, /, **changes: Any) -> dict[str, Any]:
        """Return every field that the fragment selects, with some values changed."""
        fragment = self.fragments[part]
        kind = self.schema.type_map[fragment.type_condition.name.value]
        return {**self._object(kind, [fragment.selection_set]), **changes}

    def at(self, days: int) -> str:
        """Return the instant so many days from now."""
        return (self.now + timedelta(days=days)).strftime("%Y-%m-%dT09:00:00Z")

    def _object(self, kind: Any, selections: list[SelectionSetNode]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        fields: dict[str, list[FieldNode]] = {}
        for node in self._fields(kind, selections):
            fields.setdefault((node.alias or node.name).value, []).append(node)
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name == "__typename":
                made[key] = kind.name
                continue
            field: GraphQLField = kind.fields[name]
            made[key] = self._value(name, field.type, [node.selection_set for node in nodes if node.selection_set])
        return made

    def _fields(self, kind: Any, selections: list[SelectionSetNode]) -> list[FieldNode]:
        found: list[FieldNode] = []
        for selection in (each for one in selections for each in one.selections):
            if isinstance(selection, FieldNode):
                found.append(selection)
            elif isinstance(selection, InlineFragmentNode):
                on = selection.type_condition
                if on is None or on.name.value == kind.name:
                    found += self._fields(kind, [selection.selection_set])
            elif isinstance(selection, FragmentSpreadNode):
                found += self._fields(kind, [self.fragments[selection.name.value].selection_set])
        return found

    def _value(self, name: str, kind: Any, inner: list[SelectionSetNode]) -> Any:
        if isinstance(kind, GraphQLNonNull):
            return self._value(name, kind.of_type, inner)
        if isinstance(kind, GraphQLList):
            named = get_named_type(kind)
            if isinstance(named, GraphQLEnumType):
                return list(named.values)[:2]
            return [self._value(name, kind.of_type, inner)]
        if isinstance(kind, GraphQLScalarType):
            return self._scalar(name, kind.name)
        if isinstance(kind, GraphQLEnumType):
            return next(iter(kind.values))
        if is_abstract_type(kind):
            kind = self.schema.get_possible_types(kind)[0]
        return self._object(kind, inner)

    def _scalar(self, name: str, kind: str) -> Any:
        if kind == "String":
            return _TEXTS.get(name, "마당")
        if kind in {"Date", "Instant"}:
            return self.at(-30) if kind == "Instant" else self.at(-30)[:10]
        if kind == "GeoJSON":
            ring = [[126.86, 37.44], [126.94, 37.44], [126.94, 37.5], [126.86, 37.5], [126.86, 37.44]]
            return {"type": "Polygon", "coordinates": [ring]}
        return _SCALARS[kind]
