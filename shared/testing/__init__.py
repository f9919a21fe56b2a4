"""Fixtures for tests of services: applications, people, messages. Not used at run time."""
