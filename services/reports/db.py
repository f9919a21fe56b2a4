"""The database object of reports; nothing else."""

from shared.db import make_db

db = make_db()
