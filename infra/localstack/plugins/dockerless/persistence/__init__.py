"""What outlives the emulator: objects, rows and messages, by snapshots into one folder."""
