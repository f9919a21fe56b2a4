"""Who is on the other side of the current request, and the doors that open only to some roles."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, has_app_context

from shared.person import PUBLIC, Person, Role
from shared.refusal import NotAllowed, SignInNeeded

P = ParamSpec("P")
R = TypeVar("R")


def current_person() -> Person:
    """The person whom ``shared.identity`` recognised in this request; the public when nobody signed in."""
    return g.get("person", PUBLIC) if has_app_context() else PUBLIC


def page_roles(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Open a page only to these roles (to any signed-in person when no role is named).

    Only the door: whether this person may do this thing is asked again in actions and queries.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            person = current_person()
            if person.is_public:
                raise SignInNeeded()
            if roles and not person.has(*roles):
                raise NotAllowed()
            return view(*args, **kwargs)

        return guarded

    return decorate
