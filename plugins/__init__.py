"""The rooms of the site's engine, one capability a folder, in the order of `PLUGINS` (pelicanconf.py)."""
