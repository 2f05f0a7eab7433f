"""Backup and restore: one archive of the whole shop, from one kind of database into the other."""
