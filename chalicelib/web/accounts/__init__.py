"""Bodies and answers of accounts."""
