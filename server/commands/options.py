"""Options that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to serve on.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
