"""Rules of events: plain Python, no database, no clock, no chance. Each file has one subject."""
