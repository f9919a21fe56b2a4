"""Alembic's entry, the same for every service; ``shared.migrate`` hands over connection and tables."""

from alembic import context

from shared.migrate import is_ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    render_as_batch=True,
    compare_type=True,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
