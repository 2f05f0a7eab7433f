"""The floor of the house: errors, clock, database, tokens, limits. Knows nothing of shops or chats."""
