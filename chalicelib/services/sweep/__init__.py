"""Putting right what crashes and lost events left behind."""
