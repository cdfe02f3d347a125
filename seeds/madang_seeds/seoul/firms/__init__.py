"""The invented organisations of the demo district: who they are, what they write, with whom they worked."""
