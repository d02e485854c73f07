"""Asks the web process of its own container whether it is well. Exit code 0 means yes."""

import os
import sys
import urllib.request


def main() -> None:
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    url = f"http://127.0.0.1:8000{sys.argv[1]}"
    request = urllib.request.Request(url, headers={"Host": "localhost" if host == "*" else host})
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 - our own address
        sys.exit(0 if answer.status == 200 else 1)


if __name__ == "__main__":
    main()
