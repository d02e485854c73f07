"""What main pages and long work cost on a database the size of a sector: `python3 dev.py bench`."""
