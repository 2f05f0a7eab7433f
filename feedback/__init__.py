"""What people thought of the help, what the log tells of it, and what the articles lack."""
