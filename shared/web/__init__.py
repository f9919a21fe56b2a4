"""The web shell of all services: pages, API, languages, headers and errors in one look and one behaviour."""

from shared.web.install import install_web

__all__ = ["install_web"]
