"""Notices of programmes from outside: open APIs and people's tables, each read into the same record."""
