"""The roof: composes the rooms. May import anything; nothing imports it."""
