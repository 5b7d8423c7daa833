"""Keeping the log: what the council does, by `tasks.py log`."""
