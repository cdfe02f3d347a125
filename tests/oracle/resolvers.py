"""The oracle: graphql-core's own executor over plain resolvers, one per field, on records in memory."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    execute_sync,
    parse,
)
from madang_graph.viewer import Viewer

from tests.oracle.answers import Entry, Page, Ref, Said, cursor, marked, shown
from tests.oracle.edges import EDGE_ORDERS, EDGES, LABELS, ORDERS, SORT_KEYS
from tests.oracle.facets import call_counts
from tests.oracle.filters import matches, snake
from tests.oracle.owners import OwnersResolvers
from tests.oracle.policy import MINE_ONLY, NODES, may_read, may_see, own_programme
from tests.small_district import District

_JSON = {"reasons", "conditions", "communities", "features", "metrics"}
_YES_NO = {"untilFunds", "synthetic", "rolling", "demoDates", "basic"}
_TEXTS = {
    "documents",
    "certificates",
    "purposes",
    "changed",
    "focus",
    "specialisation",
    "fields",
    "changedFields",
    "lapsedFor",
}


@dataclass
class Oracle(OwnersResolvers):
    """Answers documents for one viewer."""

    district: District
    viewer: Viewer
    now: str
    schema: GraphQLSchema
    _out: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for start, kind, end, properties in self.district.ties:
            self._out.setdefault((start, ">" + kind), []).append((end, properties))
            self._out.setdefault((end, "<" + kind), []).append((start, properties))

    def execute(self, document: str) -> dict[str, Any]:
        result = execute_sync(
            self.schema, parse(document), root_value=None, field_resolver=self._resolve, type_resolver=self._type
        )
        assert not result.errors, result.errors
        return result.data

    # what is there

    def properties(self, node: str) -> dict[str, Any]:
        return self.district.nodes[node][1]

    def lists(self, kind: str) -> set[str]:
        declared = self.schema.type_map[kind]
        assert isinstance(declared, GraphQLObjectType)
        return {name for name, one in declared.fields.items() if "first" in one.args}

    def visible_ties(self, kind: str, node: str, name: str) -> list[tuple[str, dict[str, Any]]]:
        """Ties of an edge that the viewer may see, to far nodes that the viewer may see."""
        direction, relationship, far = EDGES[f"{kind}.{name}"]
        if not may_read(self.district, self.viewer, kind, name, node):
            return []
        label = LABELS.get(far, far)
        found = [
            (other, tie)
            for other, tie in self._out.get((node, direction + relationship), [])
            if self.district.nodes[other][0] == label and may_see(self.district, self.viewer, far, other)
        ]
        if f"{kind}.{name}" in MINE_ONLY and not self.viewer.admin:
            found = [(other, tie) for other, tie in found if other in self.viewer.organisation_ids]
        if name.startswith("dismissed"):
            found = [(other, tie) for other, tie in found if self._hides(tie)]
        if name == "returnedTo":
            found = [(other, tie) for other, tie in found if "lapsed_at" in tie or tie.get("again_at", "9") <= self.now]
        if name in ("programmeFits", "partnerSuggestions"):
            hidden = {other for other, tie in self._out.get((node, ">DISMISSED"), []) if self._hides(tie)}
            model = self.properties(node).get("lists_model")
            found = [
                (other, {**tie, "useful": self._useful(node, other), "model_version": model})
                for other, tie in found
                if other not in hidden
            ]
        if name == "fitsOf":
            found = [
                (other, {**tie, "model_version": self.properties(other).get("lists_model")}) for other, tie in found
            ]
        return found

    def _hides(self, dismissal: dict[str, Any]) -> bool:
        return "lapsed_at" not in dismissal and dismissal.get("again_at", "9") > self.now

    def _useful(self, node: str, subject: str) -> bool:
        said = [one for one, _ in self._out.get((node, ">JUDGED"), []) if self._judgement_holds(one)]
        about = [one for one in said if subject in [end for end, _ in self._out.get((one, ">JUDGES"), [])]]
        return any(self.properties(one)["verdict"] == "useful" for one in about)

    def stored(self, kind: str, node: str, name: str) -> Any:
        properties = self.properties(node)
        if name == "state" and kind == "Call":
            return self._call_state(properties)
        if name == "daysLeft" and kind == "Call":
            return self._call_days_left(node, None)
        if name == "regionCodes":
            return self._call_region_codes(node)
        if name == "mayEdit":
            return own_programme(self.district, self.viewer, node)
        if name == "holds":
            return self._judgement_holds(node)
        value = properties.get(snake(name))
        return bool(value) if name in _YES_NO else value

    # resolvers

    def _resolve(self, source: Any, info: Any, **arguments: Any) -> Any:
        arguments = {k: marked(v, info, k) for k, v in arguments.items()}
        name = info.field_name
        if source is None:
            return self._root(name, arguments)
        if isinstance(source, Page):
            return self._of_page(source, name, arguments)
        if isinstance(source, Entry):
            return self._of_entry(source, info, name, arguments)
        if isinstance(source, Said):
            return self._of_said(source, info, name, arguments)
        if isinstance(source, dict):
            return source[name]
        return self._of_node(source, info, name, arguments)

    def _type(self, value: Any, *_: Any) -> str:
        return value.type

    def _root(self, name: str, arguments: dict[str, Any]) -> Any:
        if name == "viewer":
            return Ref("Viewer", self.viewer.person_id) if self.viewer.person_id in self.district.nodes else None
        if name == "matchingModel":
            return Ref("MatchingModel", "mdl_serving")
        if name == "nodes":
            return [self._by_id(None, one) for one in arguments["ids"]]
        if name == "node":
            return self._by_id(None, arguments["id"])
        if "id" in arguments:
            return self._by_id(name[0].upper() + name[1:], arguments["id"])
        kind = {"industries": "Industry", "technologies": "Technology"}.get(name, (name[0].upper() + name[1:-1]))
        candidates = [
            (one, {})
            for one, (label, _) in self.district.nodes.items()
            if label == kind and may_see(self.district, self.viewer, kind, one)
        ]
        return self._page(kind, candidates, "", arguments)

    def _by_id(self, kind: str | None, node: str) -> Ref | None:
        known = self.district.nodes.get(node)
        if known is None or known[0] not in NODES or known[0] == "ClusterGraph" or kind not in (None, known[0]):
            return None
        return Ref(known[0], node) if may_see(self.district, self.viewer, known[0], node) else None

    def _page(self, far: str, ties: list[tuple[str, dict[str, Any]]], edge: str, arguments: dict[str, Any]) -> Page:
        kept = [(o, t) for o, t in ties if matches(self, far, o, arguments.get("where"), t)]
        key, descending = EDGE_ORDERS.get(edge) or ORDERS[far]
        if arguments.get("sort"):
            word, _, direction = arguments["sort"].rpartition("_")
            key, descending = SORT_KEYS[word], direction == "DESC"
            if far == "Person":
                key = "name"

        def value(item: tuple[str, dict[str, Any]]) -> Any:
            if key == "fit":
                return self._fit_of_ours(item[0])
            if far == "Programme" and key in ("closes_at", "amount_max_won"):
                return self._of_open_calls(item[0], key)
            return item[1].get(key[1:]) if key.startswith("~") else self.properties(item[0]).get(key)

        by_id = sorted(kept, key=lambda item: item[0])
        present = sorted((i for i in by_id if value(i) is not None), key=value, reverse=descending)
        if descending:  # a reversed sort keeps equal keys in reverse; ids stay ascending
            present = sorted(by_id, key=lambda i: i[0])
            present = [i for i in present if value(i) is not None]
            present.sort(key=value, reverse=True)
        missing = [i for i in by_id if value(i) is None]
        ordered = [Entry(Ref(far, o), t, value((o, t))) for o, t in [*present, *missing]]
        first = arguments.get("first")
        first = 20 if first is None else first
        return Page(ordered[:first], ordered, len(ordered) > first)

    def _of_page(self, page: Page, name: str, arguments: dict[str, Any]) -> Any:
        if name == "totalCount":
            return len(page.everyone)
        if name == "counts":
            return call_counts(self, [entry.ref.id for entry in page.everyone], arguments["by"])
        if name == "edges":
            return page.entries
        if name == "nodes":
            return [entry.ref for entry in page.entries]
        cursors = [cursor(entry) for entry in page.entries]
        return {
            "hasNextPage": page.more,
            "hasPreviousPage": False,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        }

    def _of_entry(self, entry: Entry, info: Any, name: str, arguments: dict[str, Any]) -> Any:
        if name in ("node", "organisation"):
            return entry.ref
        if name == "cursor":
            return cursor(entry)
        return self._plain(entry.tie, info, name)

    def _of_said(self, said: Said, info: Any, name: str, arguments: dict[str, Any]) -> Any:
        stem = "" if name == "sentence" else f"{snake(name)}_"
        if "language" in info.parent_type.fields[name].args:
            return self._in_language(said.fields, stem, arguments)
        return shown(said.fields.get(snake(name)), info)

    def _of_node(self, ref: Ref, info: Any, name: str, arguments: dict[str, Any]) -> Any:
        kind, node = ref.type, ref.id
        if f"{kind}.{name}" in EDGES:
            return self._edge(kind, node, name, arguments)
        if name == "facts":
            return []  # Nobody in the small district has any; the crawl looks at those of others.
        if not may_read(self.district, self.viewer, kind, name, node):
            return None
        special = getattr(self, f"_{snake(kind)}_{snake(name)}".replace("__", "_"), None)
        if special is not None:
            return special(node, arguments)
        properties = self.properties(node)
        if name in ("name", "summary", "title") and "language" in info.parent_type.fields[name].args:
            return self._in_language(properties, f"{name}_", arguments) or ("" if name == "name" else None)
        if name == "isMine":
            return node in (self.viewer.district_ids if kind == "District" else self.viewer.organisation_ids)
        return self._plain(properties, info, name)

    def _edge(self, kind: str, node: str, name: str, arguments: dict[str, Any]) -> Any:
        ties = self.visible_ties(kind, node, name)
        far = EDGES[f"{kind}.{name}"][2]
        if kind == "ClusterGraph":
            first, wanted = arguments.get("first"), arguments.get("community")
            ties = [(other, tie) for other, tie in ties if wanted is None or tie["community"] == wanted]
            if name == "bridges":
                ties = [(other, tie) for other, tie in ties if tie["betweenness"] > 0]
            usual = {"nodes": 500, "bridges": 20}[name]
            return self._page(far, ties, f"{kind}.{name}", {"first": usual if first is None else first}).entries
        if name in self.lists(kind):
            return self._page(far, ties, f"{kind}.{name}", arguments)
        ordered = sorted(other for other, _ in ties)
        return Ref(far, ordered[0]) if ordered else None

    def _plain(self, properties: dict[str, Any], info: Any, name: str) -> Any:
        value = properties.get(snake(name))
        if name == "reasons":
            # One reason per entry in the small district: it is the whole score.
            return [Said({**one, "points": round(100 * properties["score"])}) for one in json.loads(value or "[]")]
        if name in _JSON:
            return [Said(one) for one in json.loads(value)] if value else []
        if name in _YES_NO:
            return bool(value)
        if name in _TEXTS:
            value = value or []
        if name in ("isAdmin",):
            return bool(properties.get("admin"))
        return shown(value, info)

    def _in_language(self, values: dict[str, Any], stem: str, arguments: dict[str, Any]) -> Any:
        language = (arguments.get("language") or self.viewer.language).lower()
        other = "en" if language == "ko" else "ko"
        return values.get(stem + language) or values.get(stem + other)

    # computed fields

    def _call_state(self, properties: Any, _arguments: Any = None) -> Any:
        if isinstance(properties, str):
            return self._call_state(self.properties(properties)).upper()
        opens, closes = properties.get("opens_at"), properties.get("closes_at")
        if properties.get("archived_at") or properties.get("withdrawn_on"):
            return "closed"
        if closes is not None and closes < self.now:
            return "closed"
        if opens is not None and opens > self.now:
            return "upcoming"
        known = closes is not None or properties.get("rolling")
        return "open" if known else "unknown"

    def _of_open_calls(self, programme: str, key: str) -> Any:
        calls = [self.properties(call) for call, _ in self._out.get((programme, ">HAS_CALL"), [])]
        if key == "closes_at":
            return min((c[key] for c in calls if (c.get(key) or "") >= self.now), default=None)
        still = [c for c in calls if (c["closes_at"] >= self.now if c.get("closes_at") else c.get("rolling"))]
        return max((c[key] for c in still if c.get(key) is not None), default=None)

    def _call_days_left(self, node: str, _arguments: Any) -> Any:
        from datetime import datetime
        from zoneinfo import ZoneInfo

        closes = self.properties(node).get("closes_at")
        if closes is None or closes < self.now:
            return None
        seoul = ZoneInfo("Asia/Seoul")
        days = [datetime.fromisoformat(one).astimezone(seoul).date() for one in (self.now, closes)]
        return (days[1] - days[0]).days

    def _call_region_codes(self, node: str, _arguments: Any = None) -> list[str]:
        leaves = json.loads(self.properties(node)["rules"])["all"]
        named = {code for leaf in leaves if leaf["kind"] == "region" for code in leaf["codes"]}
        districts = [values.get("code") for label, values in self.district.nodes.values() if label == "District"]
        return sorted(named & set(districts))

    def _fit_of_ours(self, call: str) -> Any:
        ours = [tie["score"] for o, tie in self._out.get((call, "<FITS"), []) if o in self.viewer.organisation_ids]
        return max(ours, default=None)

    def _viewer_digest(self, node: str, _arguments: Any) -> str:
        return self.properties(node).get("digest", "daily").upper()

    def _viewer_feed_token(self, _node: str, _arguments: Any) -> str:
        return "a token"

    def _judgement_holds(self, node: str, _arguments: Any = None) -> bool:
        return "ended_at" not in self.properties(node)

    def _judgement_reasons(self, node: str, _arguments: Any) -> list[Said]:
        said = self.properties(node)
        points = round(100 * said.get("score", 0))
        return [Said({**one, "points": points}) for one in json.loads(said.get("contributions", "[]"))]

    def _call_intake(self, node: str, _arguments: Any) -> str:
        state, properties = self._call_state(self.properties(node)), self.properties(node)
        if state in ("closed", "upcoming"):
            return state.upper()
        if properties.get("until_funds"):
            return "UNTIL_FUNDS"
        return "ROLLING" if state == "open" and not properties.get("closes_at") else state.upper()

    def _call_our_eligibility(self, _node: str, _arguments: Any) -> Any:
        return []

    def _organisation_helpful_question(self, _node: str, _arguments: Any) -> Any:
        return None

    def _call_rules(self, _node: str, _arguments: Any) -> Any:
        return []

    def _organisation_longitude(self, _node: str, _arguments: Any) -> Any:
        return None

    _organisation_latitude = _space_longitude = _space_latitude = _organisation_longitude
    _district_longitude = _district_latitude = _district_boundary = _organisation_longitude
