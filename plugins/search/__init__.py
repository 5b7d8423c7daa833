"""Search room: a page to search from and an index that needs no server."""
