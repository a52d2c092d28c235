"""A media folder on a disk, whatever is wrong with it."""
