"""Checking: what an auditor does, by `tasks.py verify`."""
