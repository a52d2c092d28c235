"""The service's HTTP API, as far as the importer needs it."""
