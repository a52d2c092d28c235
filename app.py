"""The service: Jellyfin's Images API, every route in one Lambda function, events in others."""

from chalicelib import json_logs
from chalicelib.api import item_images, library, named_items, system, upload_tickets
from chalicelib.events import originals
from chalicelib.web.entry import ANYTHING, ImagesApp

json_logs.configure()

app = ImagesApp(app_name="jellyfin-images", configure_logs=False)
# Every answer is bytes, pictures and JSON alike, so the gateway never has to guess.
app.api.binary_types = [ANYTHING]

for routes in (item_images.routes, upload_tickets.routes, library.routes, named_items.routes, system.routes):
    app.register_blueprint(routes)
app.register_blueprint(originals.blueprint)
