"""Routes of images: of items and users, from other sites, and by upload ticket."""
