"""HTTP/1.1 with a thread a connection: for the emulator itself, and for the Runtime API of each function."""
