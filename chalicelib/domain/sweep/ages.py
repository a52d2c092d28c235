"""How old things must be before a sweep touches them."""

from datetime import timedelta

GRACE = timedelta(hours=1)
"""What is younger is left alone: its upload or its event may be under way."""
ABANDONED = timedelta(days=2)
"""After which a file sent by a ticket is no longer waited for; tickets are valid for less."""
REFUSAL = timedelta(days=30)
"""How long a refused drop is kept with its reason; the bucket's lifecycle says the same."""
