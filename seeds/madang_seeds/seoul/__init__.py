"""The demo district: Seoul's real places and programmes, and invented organisations marked as such."""
