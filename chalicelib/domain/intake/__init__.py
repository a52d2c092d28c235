"""Ways for pictures to arrive: upload tickets and the drop folder."""
