"""BlurHash and ThumbHash."""
