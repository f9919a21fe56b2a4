"""Message samples: the frozen shape of every published message, which all consumers must be able to read."""

import dataclasses
import json
import types
import typing
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.messaging.contract import Contract, Declared

EXAMPLES: dict[type, Any] = {
    str: "текст",
    int: 7,
    bool: True,
    UUID: UUID("018f0000-0000-7000-8000-000000000001"),
    date: date(2020, 12, 1),
    datetime: datetime(2020, 12, 1, 9, 30, tzinfo=UTC),
    Decimal: Decimal("74.33"),
}


def example(kind: type[Any]) -> Any:
    """A message with every field filled, optional ones too."""
    hints = typing.get_type_hints(kind)
    return kind(**{member.name: _value(hints[member.name]) for member in dataclasses.fields(kind)})


def _value(hint: Any) -> Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (hint,) = [argument for argument in typing.get_args(hint) if argument is not type(None)]
    if typing.get_origin(hint) is list:
        return [_value(typing.get_args(hint)[0])]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return example(hint)
    return EXAMPLES[hint]


def write(contract: Contract, folder: Path) -> list[str]:
    """Write the sample of each published message that has none; a committed sample is never rewritten."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, declared in contract.published.items():
        path = folder / f"{name}.json"
        if not path.exists():
            path.write_text(json.dumps(sample(declared), ensure_ascii=False, indent=2, sort_keys=True) + "\n")
            written.append(name)
    return written


def catalogue(contracts: Sequence[Contract]) -> str:
    """All messages of the suite as a Markdown page: who tells, who listens, what is inside."""
    lines = [
        "# Сообщения · Messages",
        "",
        "Сделано из контрактов: `make messages`. Generated, do not edit.",
        "",
    ]
    for contract in contracts:
        lines += [f"## {contract.service}", ""]
        for name, declared in sorted(contract.published.items()):
            listeners = [other.service for other in contracts if name in other.consumed]
            members = ", ".join(f"`{member.name}`" for member in dataclasses.fields(declared.kind))
            lines += [
                f"### `{name}`",
                "",
                " ".join((declared.kind.__doc__ or "").split()),
                "",
                f"Поля · fields: {members}.",
                f"Слушают · listeners: {', '.join(listeners) or 'никто · nobody'}.",
                "",
            ]
    return "\n".join(lines)


def sample(declared: Declared) -> dict[str, Any]:
    """The data of an example message."""
    return declared.dump(example(declared.kind))
