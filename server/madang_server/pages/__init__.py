"""Pages: a table binds addresses to pages and forms; one reader, one writer and one renderer serve them all."""
