"""Measurements that are too long for the tests: `python3 tasks.py bench --what NAME`."""
