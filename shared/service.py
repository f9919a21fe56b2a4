"""What belongs to one service at run time, hung on its Flask application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app

from shared.messaging.contract import Contract
from shared.settings import Settings

if TYPE_CHECKING:
    from flask_sqlalchemy import SQLAlchemy

KEY = "metodset"


@dataclass(frozen=True)
class Tables:
    """The bookkeeping tables of a service, made from the mixins in shared."""

    outbox: Any
    inbox: Any
    audit: Any
    known_account: Any = None
    known_key: Any = None
    duty: Any = None


@dataclass
class Service:
    """Name, settings, database, contract and tables of one service; ``wake`` rings after a commit."""

    name: str
    settings: Settings
    db: "SQLAlchemy"
    contract: Contract
    tables: Tables
    wake: Event = field(default_factory=Event)
    #: Classes whose rows are told whole, by aggregate name, for `flask replay`.
    aggregates: dict[str, Any] = field(default_factory=dict)
    #: What is done every day without anybody asking, by name (shared.duties).
    duties: Mapping[str, Callable[..., None]] = field(default_factory=dict)


def service_of(app: Flask) -> Service:
    """The service of an application."""
    service = app.extensions[KEY]
    assert isinstance(service, Service)
    return service


def current() -> Service:
    """The service of the current application context."""
    return service_of(current_app)
