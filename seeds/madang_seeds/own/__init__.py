"""A user's own tables: read as they come, mapped to the vocabulary, every bad row named."""
