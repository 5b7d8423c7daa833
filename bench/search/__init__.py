"""How well the search answers: questions with known answers, bytes, waiting, cost (`python3 tasks.py bench search`)."""
