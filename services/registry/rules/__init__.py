"""Rules of the registry: plain functions on facts (BR-01…BR-26, sign-in)."""
