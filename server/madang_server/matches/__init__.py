"""Match runs: bulk read of the graph, scores by `madang_matching`, lists and cluster graphs written back."""
