"""The durable log of every chat and its edges. Never a word about AI."""
