"""From bytes to upright pixels in sRGB."""
