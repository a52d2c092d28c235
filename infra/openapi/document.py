"""Write the document: `python -m infra.openapi.document` makes the file that the service answers."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app import app
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.web.protocol.auth import Level, level_of
from chalicelib.web.protocol.declarations.operations import (
    BYTES,
    PICTURE,
    STATIC_FILE,
    Operation,
    camel,
    operation_of,
)
from chalicelib.web.protocol.declarations.query import Several
from chalicelib.web.protocol.declarations.schemas import ProblemDetails
from infra.openapi.schemas import SEGMENTS, TEXT, Components, Schema, parameter_schema

PATH = Path(__file__).parents[2] / "chalicelib" / "api" / "openapi.json"

PROBLEM = "application/problem+json"

_SOME_TEXT: Schema = TEXT | {"minLength": 1}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PICTURES = [picture_format.mime_type for picture_format in ImageFormat]
_DESCRIPTION = (
    "Jellyfin's Images API, with what a client needs around it. Paths match in any letter case, with or without "
    "/emby or /mediabrowser before them; query names match in any letter case; unknown ones are ignored."
)


def document() -> dict[str, Any]:
    """Build the OpenAPI 3.1 document of every route."""
    components = Components()
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jellyfin Images", "version": "1", "description": _DESCRIPTION},
        "paths": {_public(path): dict(_operations(path, components)) for path in sorted(app.routes)},
        "components": {
            "responses": {"Problem": _content("Whatever went wrong", components.of(ProblemDetails), PROBLEM)},
            "schemas": components.schemas,
            "securitySchemes": {
                "header": {"type": "apiKey", "in": "header", "name": "Authorization"},
                "query": {"type": "apiKey", "in": "query", "name": "ApiKey"},
            },
        },
    }


def text() -> str:
    """Return the document as the service answers it."""
    return json.dumps(document(), separators=(",", ":"), sort_keys=True) + "\n"


def _operations(path: str, components: Components) -> Iterator[tuple[str, dict[str, Any]]]:
    for method, route in sorted(app.routes[path].items()):
        yield method.lower(), _described(path, method, route.view_function, components)


def _described(path: str, method: str, view: Callable[..., object], components: Components) -> dict[str, Any]:
    declared = operation_of(view)
    described: dict[str, Any] = {
        "operationId": "-".join([method.lower(), *re.findall(r"\w+", _public(path))]),
        "summary": (view.__doc__ or "").splitlines()[0],
        "parameters": [*_segments(path), *_query(declared, path)],
        "responses": _responses(declared, method, components),
    }
    if level_of(view) is not Level.ANYONE:
        described["security"] = [{"header": []}, {"query": []}]
    if declared.body is not None:
        described["requestBody"] = {
            "required": not declared.body_is_optional,
            "content": _taken(declared.body, components),
        }
    return described


def _segments(path: str) -> list[dict[str, Any]]:
    return [
        {"name": camel(name), "in": "path", "required": True, "schema": SEGMENTS.get(name, _SOME_TEXT)}
        for name in _PLACEHOLDER.findall(path)
    ]


def _query(declared: Operation, path: str) -> list[dict[str, Any]]:
    return [
        {
            "name": parameter.name,
            "in": "query",
            "required": parameter.required,
            "description": parameter.about,
            "schema": parameter_schema(parameter),
        }
        | ({"explode": True} if isinstance(parameter, Several) else {})
        for parameter in declared.query_of(path)
    ]


def _responses(declared: Operation, method: str, components: Components) -> dict[str, Any]:
    problem = {status: {"$ref": "#/components/responses/Problem"} for status in ("4XX", "5XX")}
    if declared.answers is None:
        return {"204": {"description": "Done"}} | problem
    if declared.answers == PICTURE:
        return _pictures(method) | problem
    if declared.answers == STATIC_FILE:
        return _files() | problem
    if declared.answers == BYTES:
        return _bytes() | problem
    return {str(declared.status): _content("The answer", components.of(declared.answers))} | problem


def _bytes() -> dict[str, Any]:
    return {"200": {"description": "The bytes", "content": {"*/*": {}}}}


def _pictures(method: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"description": "The picture"}
    if method == "GET":
        shown["content"] = {mime_type: {} for mime_type in _PICTURES}
    return {
        "200": shown,
        "302": {"description": "The picture is large and lies at the Location"},
        "304": {"description": "The client's copy is still good"},
    }


def _files() -> dict[str, Any]:
    return {
        "200": {"description": "The file", "content": {"*/*": {}}},
        "302": {"description": "The file lies at the Location"},
        "304": {"description": "The client's copy is still good"},
    }


def _taken(body: object, components: Components) -> dict[str, Any]:
    if body == PICTURE:
        return {mime_type: {} for mime_type in ("image/*", *_PICTURES)}
    return {"application/json": {"schema": components.of(body)}}


def _content(description: str, schema: Schema, media_type: str = "application/json") -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _public(path: str) -> str:
    return _PLACEHOLDER.sub(lambda match: f"{{{camel(match[1])}}}", path)


if __name__ == "__main__":
    PATH.write_text(text())
