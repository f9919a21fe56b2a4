"""The AsyncAPI documents are valid by the standard's own schema and equal to what lies in docs/."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from shared.messaging.asyncapi import document
from shared.testing.samples import example
from shared.testing.suite import SERVICES
from shared.version import VERSION
from tests.messages.test_contracts import contract

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "asyncapi"


@cache
def standard() -> Any:
    schema = json.loads((HERE / "asyncapi" / "3.0.0.json").read_text())
    return jsonschema.validators.validator_for(schema)(schema)


@pytest.mark.parametrize("service", SERVICES)
def test_the_document_is_valid_asyncapi(service: str) -> None:
    """AsyncAPI 3.0.0, checked by its published JSON Schema."""
    errors = [error.message for error in standard().iter_errors(document(contract(service), VERSION))]
    assert errors == []


@pytest.mark.parametrize("service", SERVICES)
def test_real_messages_fit_the_document(service: str) -> None:
    """The schema of each sent message accepts one as it is really dumped, and refuses a broken one."""
    described = document(contract(service), VERSION)
    for name, declared in contract(service).published.items():
        schema = described["components"]["schemas"][name.replace(".", "_")]
        validator = jsonschema.Draft202012Validator(schema)
        data = declared.dump(example(declared.kind))
        validator.validate(data)
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**data, declared.subject: 5})


@pytest.mark.parametrize("service", SERVICES)
def test_docs_hold_the_present_document(service: str) -> None:
    """`make messages` was run after the last change of a contract."""
    assert json.loads((DOCS / f"{service}.json").read_text()) == document(contract(service), VERSION)
