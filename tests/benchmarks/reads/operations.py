"""The five named operations that both servers answer."""

OPERATIONS: dict[str, str] = {
    "one organisation, three levels deep": """
      query Deep($id: ID!) {
        organisation(id: $id) {
          id name kind
          district { id name parent { id name } }
          technologies(first: 10) {
            nodes { id name organisations(first: 5) { nodes { id name kind district { id name } } } }
          }
        }
      }""",
    "page of 20, filtered by two relations": """
      query Filtered($district: ID!, $technology: ID!) {
        organisations(
          first: 20, where: {district: {id: {eq: $district}}, technologies: {some: {id: {eq: $technology}}}}
        ) {
          nodes { id name kind district { id name } technologies(first: 5) { nodes { id name } } }
        }
      }""",
    "page of 100 with 6 fields": """
      query Wide { organisations(first: 100) { nodes { id name kind stage foundedOn trl } } }""",
    "cluster graph, 500 nodes and 3,000 edges": """
      query Cluster($city: ID!) {
        district(id: $city) {
          clusterGraph {
            nodes(first: 500) { position x y community organisation { id name } }
            edges(first: 3000) { source target weight }
          }
        }
      }""",
    "connection with totalCount and cursors": """
      query Connection($kind: OrganisationKind!) {
        organisations(first: 50, where: {kind: {eq: $kind}}) {
          totalCount
          pageInfo { hasNextPage endCursor }
          edges { cursor node { id name } }
        }
      }""",
}

VARIABLES = {"id": "org_00007", "district": "dst_3", "technology": "tec_4", "city": "dst_city", "kind": "STARTUP"}


def variables_of(document: str) -> dict[str, str]:
    """Return the variables that a document declares."""
    head = document.split("{", 1)[0]
    return {name: value for name, value in VARIABLES.items() if f"${name}:" in head}
