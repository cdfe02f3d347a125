"""What the oracle says of ledgers and of rule sets: the part of its resolvers that is about owners."""

from __future__ import annotations

import json
from typing import Any

from madang_graph.viewer import Viewer

from tests.oracle.answers import Said
from tests.oracle.ledgers import de_minimis_of
from tests.oracle.policy import ends, own_call, own_programme
from tests.small_district import District


class OwnersResolvers:
    """Resolvers of fields that are computed from ledgers and rule sets."""

    district: District
    viewer: Viewer
    now: str

    def _organisation_de_minimis(self, node: str, arguments: dict[str, Any]) -> Said:
        held = [self.district.nodes[one][1] for one in ends(self.district, node, "RECEIVED")]
        return Said(de_minimis_of(held, self.now, arguments))

    def _application_conflicts(self, _node: str, _arguments: Any) -> list[Said]:
        return []

    def _call_may_edit(self, node: str, _arguments: Any) -> bool:
        return own_call(self.district, self.viewer, node)

    def _programme_may_edit(self, node: str, _arguments: Any) -> bool:
        return own_programme(self.district, self.viewer, node)

    def _rule_set_places(self, _node: str, _arguments: Any) -> list[Said]:
        return []

    def _call_rule_places(self, _node: str, _arguments: Any) -> list[Said]:
        return []

    def _rule_set_clashes(self, _node: str, _arguments: Any) -> list[Said]:
        return []

    def _rule_set_coverage(self, _node: str, _arguments: Any) -> Said:
        return Said({"checked": 0, "total": 0})

    def _rule_set_preview(self, node: str, _arguments: Any) -> Said | None:
        stored = self.district.nodes[node][1].get("preview")
        return Said(json.loads(stored)) if stored else None
