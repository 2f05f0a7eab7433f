"""The pages of the shop's people: templates, their texts, built static files."""
