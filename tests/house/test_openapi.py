"""The OpenAPI documents are valid, every operation is described, and the viewers need nobody else's host."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from shared.testing.suite import SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_the_document_is_valid_openapi(service: str, app_of: Callable[[str], Flask]) -> None:
    """OpenAPI 3.1, checked by an independent validator."""
    document = app_of(service).test_client().get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert len(document["paths"]) > 5


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_says_what_it_does_and_how_it_refuses(service: str, app_of: Callable[[str], Flask]) -> None:
    """A summary for people, and problem documents for every refusal."""
    document = app_of(service).test_client().get("/openapi.json").json
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method not in ("get", "post", "put", "patch", "delete"):
                continue
            assert operation.get("summary"), f"{method} {path}"
            refusals = {code for code in operation["responses"] if code.startswith("4")}
            assert refusals, f"{method} {path}"


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("page", ["/docs", "/asyncapi"])
def test_viewers_load_nothing_from_elsewhere(service: str, page: str, app_of: Callable[[str], Flask]) -> None:
    """Scripts, styles and pictures come from our own host."""
    answer = app_of(service).test_client().get(page)
    assert answer.status_code == 200
    for address in re.findall(r'(?:src|href)="([^"]+)"', answer.text):
        assert not re.match(r"(https?:)?//", address), address
