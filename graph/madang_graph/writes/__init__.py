"""What changes the graph: one module per subject, each statement above the one function that runs it.

Every function takes an open `Transaction`, so that a service verb can put a change, its audit entry
and its job into one.
"""
