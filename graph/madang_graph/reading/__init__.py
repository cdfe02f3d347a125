"""The read model's machinery: how subjects are declared, and how a selection becomes one statement and one builder."""
