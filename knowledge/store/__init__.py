"""The library's tables: articles and their states, passages, vectors; publishing, switching, checking."""
