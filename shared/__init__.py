"""What the four services have in common: settings, unit of work, identity, messages, pages."""
