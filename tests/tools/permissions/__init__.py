"""Which test needs which permission of the functions' roles: recorded, then proven by taking each away."""
