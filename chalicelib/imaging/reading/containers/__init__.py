"""The bytes round a picture: chunks, segments and boxes, read without decoding any pixel."""
