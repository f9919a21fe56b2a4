"""What the council decided later about an entry whose earlier decision was already enacted or put aside (BR-60).

Revision: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("status_proposal", sa.Column("later_outcome", sa.String(length=40), nullable=True))
    op.add_column("status_proposal", sa.Column("later_protocol_number", sa.String(length=100), nullable=True))
    op.add_column("status_proposal", sa.Column("later_protocol_date", sa.Date(), nullable=True))
    op.add_column("status_proposal", sa.Column("later_note", sa.String(length=500), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("status_proposal") as batch_op:
        for column in ("later_note", "later_protocol_date", "later_protocol_number", "later_outcome"):
            batch_op.drop_column(column)
