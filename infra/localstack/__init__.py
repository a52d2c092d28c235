"""The emulated cloud: LocalStack as a plain process, without Docker, and a front door to the deployed API."""
