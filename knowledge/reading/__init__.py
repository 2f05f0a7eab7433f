"""Files and pages as articles: bytes → drafts in a limited subprocess → articles with remarks."""
