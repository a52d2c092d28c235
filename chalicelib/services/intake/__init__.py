"""Upload tickets and the drop folder."""
