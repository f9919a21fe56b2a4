"""The database of expertise."""

from shared.db import make_db

db = make_db()
