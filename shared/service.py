"""What belongs to one service at run time, hung on its Flask application."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy.orm import Session

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
    job: Any = None
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
    #: Keeps what is derived from other rows (an index); called once at the end of each unit of work
    #: with the keys, by class, of everything that was announced or journalled in it.
    derive: Callable[[Session, Mapping[type[Any], Collection[UUID]]], None] | None = None
    #: What is done outside the request, by kind (shared.jobs.Kind).
    jobs: Mapping[str, Any] = field(default_factory=dict)
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
