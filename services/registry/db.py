"""The registry's database object; nothing else."""

from shared.db import make_db

db = make_db()
