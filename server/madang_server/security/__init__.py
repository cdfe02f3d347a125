"""Who is asking, and whether the request is what it seems: sessions, tokens, passwords, forged requests, headers."""
