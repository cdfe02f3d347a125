"""Letters on their way: a port, a mail server behind it, or the local outbox where none is set."""
