"""Where articles come from, read again: what changed, what is proposed, what is published."""
