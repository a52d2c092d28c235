"""How the service is: what it stores, what waits, what it costs."""
