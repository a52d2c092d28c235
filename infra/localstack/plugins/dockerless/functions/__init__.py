"""Lambda functions as processes: environments, the runtime API, limits and logs."""
