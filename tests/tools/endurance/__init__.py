"""Many mixed requests at the running service, and what they leave behind in the emulator's process."""
