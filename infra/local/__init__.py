"""The service on one's own machine."""
