"""Alembic's environment: runs on the connection that `server/migrate.py` hands over."""

from alembic import context

from foundation.database import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
