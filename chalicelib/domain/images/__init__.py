"""Images, their owners, formats and originals."""
