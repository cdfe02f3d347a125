"""Jobs: work that a change causes, done after it, at least once each, with every effect happening once."""
