"""Hold the quotas of AWS that LocalStack 4.14 does not enforce by itself.

Sources: "Lambda quotas", "Amazon API Gateway quotas" and "Lambda runtime environment lifecycle" in AWS's
documentation.
"""

LAMBDA_PAYLOAD_BYTES = 6 * 1024 * 1024 + 100
"""Synchronous request and answer: AWS names 6 MB and measures 100 bytes more."""

LAMBDA_EVENT_BYTES = 1024 * 1024
"""Asynchronous request."""

LAMBDA_INIT_SECONDS = 10.0
"""Start of the runtime and import of the handler's module."""

GATEWAY_REQUEST_BYTES = 10 * 1024 * 1024

GATEWAY_SECONDS = 29.0
"""Default (and, for most accounts, longest) integration timeout."""
