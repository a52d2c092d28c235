"""IAM as AWS enforces it: who calls, what the call needs, whether the caller's policies allow it."""
