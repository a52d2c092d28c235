"""Write the document: `python -m infra.openapi.document` makes the file that the service answers."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app import app
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.web.protocol.auth import Level, level_of
from infra.openapi.operations import OPERATIONS, PICTURE, STATIC_FILE, Operation
from infra.openapi.schemas import SCHEMAS, SEGMENTS, TEXT, Schema, ref

PATH = Path(__file__).parents[2] / "chalicelib" / "api" / "openapi.json"

_SOME_TEXT: Schema = TEXT | {"minLength": 1}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PICTURES = [picture_format.mime_type for picture_format in ImageFormat]
_DESCRIPTION = (
    "Jellyfin's Images API, with what a client needs around it. Paths match in any letter case, with /emby or "
    "/mediabrowser before them; query names match in any letter case; unknown ones are ignored."
)


def document() -> dict[str, Any]:
    """Build the OpenAPI 3.1 document of every route."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jellyfin Images", "version": "1", "description": _DESCRIPTION},
        "paths": {_public(path): dict(_operations(path)) for path in sorted(app.routes)},
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "header": {"type": "apiKey", "in": "header", "name": "Authorization"},
                "query": {"type": "apiKey", "in": "query", "name": "ApiKey"},
            },
            "responses": {"Problem": _content("Whatever went wrong", ref("ProblemDetails"))},
        },
    }


def text() -> str:
    """Return the document as the service answers it."""
    return json.dumps(document(), separators=(",", ":"), sort_keys=True) + "\n"


def _operations(path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for method, route in sorted(app.routes[path].items()):
        yield method.lower(), _described(path, method, route.view_function)


def _described(path: str, method: str, view: Callable[..., object]) -> dict[str, Any]:
    operation = OPERATIONS[view.__name__]
    described: dict[str, Any] = {
        "operationId": "-".join([method.lower(), *re.findall(r"\w+", _public(path))]),
        "summary": (view.__doc__ or "").splitlines()[0],
        "parameters": [*_segments(path), *_query(operation)],
        "responses": _responses(operation, method),
    }
    if level_of(view) is not Level.ANYONE:
        described["security"] = [{"header": []}, {"query": []}]
    if operation.body is not None:
        described["requestBody"] = {
            "required": not operation.body_is_optional,
            "content": _taken(operation.body),
        }
    return described


def _segments(path: str) -> list[dict[str, Any]]:
    return [
        {"name": _camel(name), "in": "path", "required": True, "schema": SEGMENTS.get(name, _SOME_TEXT)}
        for name in _PLACEHOLDER.findall(path)
    ]


def _query(operation: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": name in operation.required, "schema": schema}
        for name, schema in operation.query.items()
    ]


def _responses(operation: Operation, method: str) -> dict[str, Any]:
    problem = {status: {"$ref": "#/components/responses/Problem"} for status in ("4XX", "5XX")}
    if operation.answer is None:
        return {"204": {"description": "Done"}} | problem
    if operation.answer == PICTURE:
        return _pictures(method) | problem
    if operation.answer == STATIC_FILE:
        return _files() | problem
    answer = operation.answer if isinstance(operation.answer, dict) else {}
    return {str(operation.status): _content("The answer", answer)} | problem


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


def _taken(body: Schema | str) -> dict[str, Any]:
    if isinstance(body, dict):
        return {"application/json": {"schema": body}}
    return {mime_type: {} for mime_type in ("image/*", *_PICTURES)}


def _content(description: str, schema: Schema) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _public(path: str) -> str:
    return _PLACEHOLDER.sub(lambda match: f"{{{_camel(match[1])}}}", path)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


if __name__ == "__main__":
    PATH.write_text(text())
