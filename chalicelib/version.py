"""Which release of the service this is; the same as in pyproject.toml."""

VERSION = "0.2.0"
