"""Names of municipalities and organisations by date, told by registry (BR-06, BR-11); replay both afterwards.

Revision: r0002
"""

import sqlalchemy as sa
from alembic import op

from shared.db import Json

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None

TABLES = ("municipality", "organisation")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("names", Json, server_default=sa.text("'[]'"), nullable=False))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("names")
