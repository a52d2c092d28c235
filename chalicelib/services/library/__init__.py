"""Reading, editing and removing items."""
