"""Real Neo4j and Valkey as child processes, installed from package registries, and the building of page assets."""
