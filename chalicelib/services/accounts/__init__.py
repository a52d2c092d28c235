"""Who calls, signing in, users and API keys."""
