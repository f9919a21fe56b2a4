"""JSON Schema of marshmallow fields, for OpenAPI and AsyncAPI alike: decimals are text, and said to be."""

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields


class ExactConverter(OpenAPIConverter):
    """Decimals travel as text, because JSON numbers are not exact (apispec documents them as numbers)."""

    def field2type_and_format(self, field: fields.Field[Any], **kwargs: Any) -> dict[str, Any]:
        """Type and format of a field."""
        if isinstance(field, fields.Decimal):
            return {"type": "string", "format": "decimal"}
        return super().field2type_and_format(field, **kwargs)

    def field2range(self, field: fields.Field[Any], ret: Any) -> dict[str, Any]:
        """Bounds of a field; text has none in JSON Schema."""
        return {} if isinstance(field, fields.Decimal) else super().field2range(field, ret)


class ExactPlugin(MarshmallowPlugin):
    """The apispec plugin with our converter."""

    Converter = ExactConverter
