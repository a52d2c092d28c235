"""The demo library, and stand-ins for other sites."""
