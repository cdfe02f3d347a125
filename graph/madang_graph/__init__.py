"""Speaks Cypher: the vocabulary, the read model and its compiler, writes, schema, migrations. Knows no framework."""
