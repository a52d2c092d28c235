"""What clients show before anybody has signed in."""
