"""The service: Jellyfin's Images API, every route in one Lambda function, events in others."""

from chalicelib import json_logs
from chalicelib.api import (
    accounts,
    image_urls,
    item_images,
    library,
    named_items,
    remote_images,
    sessions,
    system,
    upload_tickets,
    user_images,
)
from chalicelib.events import originals, sweep
from chalicelib.web.entry import ANYTHING, ImagesApp

json_logs.configure()

app = ImagesApp(app_name="jellyfin-images", configure_logs=False)
# Every answer is bytes, pictures and JSON alike, so the gateway never has to guess.
app.api.binary_types = [ANYTHING]

IMAGES = (item_images, upload_tickets, named_items, remote_images, user_images, image_urls)
AROUND_THEM = (library, accounts, sessions, system)
for resource in IMAGES + AROUND_THEM:
    app.register_blueprint(resource.routes)
app.register_blueprint(originals.blueprint)
app.register_blueprint(sweep.blueprint)
