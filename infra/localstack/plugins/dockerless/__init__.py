"""LocalStack plugins that need no Docker and keep AWS's limits."""
