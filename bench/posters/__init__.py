"""Posters under stress: long and hostile titles in every design and format, looked at by readers that are not ours."""
