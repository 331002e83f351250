"""Walks the shared table of cases through the official SDKs and prints who agreed. Python's standard library only."""
