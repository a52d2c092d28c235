"""The importer: makes the pictures of a media folder images of the service's items, `python -m infra.importer`."""
