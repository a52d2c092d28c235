"""A function that cannot be loaded."""

message = "cannot load"
raise RuntimeError(message)
