"""One turn of the AI. Knows no HTTP and no SQL."""
