"""Bodies and answers of the library, by Jellyfin's names, a module for each feature."""
