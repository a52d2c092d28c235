"""From pixels to bytes."""
