"""Writes the packages' generated files from what the emulator says of itself."""
