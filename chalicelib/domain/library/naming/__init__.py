"""What one name says: of a folder, of a media file, of a picture, and what small files beside them add."""
