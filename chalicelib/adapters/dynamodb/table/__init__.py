"""The table itself: its model, batches, conditions and transactions."""
