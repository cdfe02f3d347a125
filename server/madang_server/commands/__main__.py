"""`python -m madang_server.commands`: the same as `madang`."""

from madang_server.commands import app

app()
