"""The command line, `okienko …`: runs a command, and says in a sentence why it failed."""

from __future__ import annotations

import sys

from foundation.errors import OkienkoError
from server.commands.root import app


def main() -> None:
    """Run a command; an expected failure is a sentence and exit code 2, never a traceback."""
    try:
        app()
    except OkienkoError as error:
        print(error.message, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
