"""A second, plain implementation of reading, resolver by resolver over records in memory. Used only by tests."""
