"""Routes of the server itself: what it is, how it is, and what it has not."""
