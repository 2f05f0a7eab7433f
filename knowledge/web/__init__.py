"""The open web, guarded: addresses, one request, robots, sitemaps, fetching."""
