"""What the oracle says of ledgers and of rule sets: the part of its resolvers that is about owners."""

from __future__ import annotations

import json
from typing import Any

from madang_graph.viewer import Viewer

from tests.oracle.answers import Said
from tests.oracle.ledgers import affiliates_of, de_minimis_of
from tests.oracle.policy import editors_of, ends, may_see, own_call, own_programme
from tests.small_district import District


class OwnersResolvers:
    """Resolvers of fields that are computed from ledgers and rule sets."""

    district: District
    viewer: Viewer
    now: str

    def _organisation_de_minimis(self, node: str, arguments: dict[str, Any]) -> Said:
        return Said(de_minimis_of(self.district, self.viewer, node, self.now, arguments))

    def _organisation_affiliates(self, node: str, _arguments: Any) -> list[Said]:
        return affiliates_of(self.district, self.viewer, node)

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

    def _planned_call_rule_places(self, _node: str, _arguments: Any) -> list[Said]:
        return []

    def _rule_set_editors(self, node: str, _arguments: Any) -> int:
        return len(editors_of(self.district, node))

    def _rule_set_publishers(self, node: str, _arguments: Any) -> list[str]:
        others = editors_of(self.district, node) - ends(self.district, node, "SENT_BY") - {self.viewer.person_id or ""}
        known = {one for one in others if may_see(self.district, self.viewer, "Person", one)}
        return sorted(str(self.district.nodes[one][1]["name"]) for one in known)

    def _rule_set_may_publish(self, node: str, _arguments: Any) -> bool:
        if self.district.nodes[node][1]["state"] != "review":
            return False
        mine = self.viewer.person_id in ends(self.district, node, "SENT_BY")
        return not (mine and len(editors_of(self.district, node)) > 1)

    def _rule_set_clashes(self, _node: str, _arguments: Any) -> list[Said]:
        return []

    def _rule_set_coverage(self, _node: str, _arguments: Any) -> Said:
        return Said({"checked": 0, "total": 0})

    def _rule_set_preview(self, node: str, _arguments: Any) -> Said | None:
        stored = self.district.nodes[node][1].get("preview")
        return Said(json.loads(stored)) if stored else None
