"""What each main page costs on a database the size of the sector: `python3 dev.py bench`."""
