"""What is too long for the tests: measurements (`python3 tasks.py bench`) and an archive to try the site (`demo`)."""
