"""The database object of events; nothing else."""

from typing import Any

from shared.db import make_db

#: Any, because the model class is made at run time and type checkers cannot follow it.
db: Any = make_db()
