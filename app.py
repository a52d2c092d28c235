"""The service: Jellyfin's Images API, every route in one Lambda function, events in others."""

# ruff: noqa: E402  # the start must be prepared before these imports

import os
from importlib import import_module
from pathlib import Path

from chalicelib.start import prepare_start

prepare_start(Path(__file__).parent)

from chalicelib.api.paths import PATHS
from chalicelib.container import container
from chalicelib.telemetry import json_logs
from chalicelib.web.protocol.app import ANYTHING, ImagesApp
from chalicelib.web.protocol.lazy_routes import LazyRoutes

json_logs.configure()

app = ImagesApp("jellyfin-images", lambda: container().settings.origin_secrets)
# Every answer is bytes, pictures and JSON alike, so the gateway never has to guess.
app.api.binary_types = [ANYTHING]


def load(resource: str) -> None:
    """Import a resource of the API and register its routes."""
    app.register_blueprint(import_module(f"chalicelib.api.{resource}").routes)


app.routes = LazyRoutes(PATHS, load)  # type: ignore[assignment]  # Chalice only looks paths up and goes through them

# Chalice packages the functions of events that it finds here. In Lambda each is entered by its own module, and the
# function of the API would import them, at a fifth of its cold start, for nothing.
if "AWS_LAMBDA_FUNCTION_NAME" not in os.environ:
    for name in ("originals", "sweep"):
        app.register_blueprint(import_module(f"chalicelib.events.{name}").blueprint)
