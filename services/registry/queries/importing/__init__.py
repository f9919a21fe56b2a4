"""What an import looks at: what the registry knows already, batches with their rows."""

from services.registry.queries.importing.batches import (
    import_batch,
    import_batches,
    import_faults,
    import_rows,
    import_template,
)

__all__ = ["import_batch", "import_batches", "import_faults", "import_rows", "import_template"]
