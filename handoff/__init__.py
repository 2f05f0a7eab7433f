"""When a person takes over. Never answers."""
