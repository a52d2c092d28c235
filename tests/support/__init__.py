"""Fakes, pictures, payloads and helpers of the tests."""
