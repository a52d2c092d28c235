"""Finding, changing, processing and removing images."""
