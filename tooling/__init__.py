"""What `tasks.py` stands on: the environment that makes itself, and the commands' Ukrainian voice."""
