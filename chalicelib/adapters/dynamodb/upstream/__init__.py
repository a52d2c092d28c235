"""What is remembered of the upstream server."""
