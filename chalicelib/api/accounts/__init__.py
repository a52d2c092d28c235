"""Routes of users, their sessions, keys and preferences."""
