"""Erasure of personal data: what goes, and how everybody can see that nothing else did."""
