"""Routes of items: lists, relations, metadata, and what users do with them."""
