"""Ages and the report of a sweep."""
