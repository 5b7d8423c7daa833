"""Who may try what: a module an attacker, and one of honest work."""
