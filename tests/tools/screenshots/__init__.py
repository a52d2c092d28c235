"""The pictures of README and docs, from what the browser's tests have drawn."""
