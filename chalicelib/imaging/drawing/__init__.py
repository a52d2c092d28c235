"""What is drawn on or under a picture."""
