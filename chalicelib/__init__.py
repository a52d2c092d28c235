"""The service: HTTP and events outside, use cases within, values and rules at the core."""
