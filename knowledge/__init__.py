"""The shop's articles, and the way from a question to the right passage. No conversations, no customers."""
