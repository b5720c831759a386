"""``claimwatch read``: pairs of a claim and a text in, what each text says of its claim out."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Annotated, get_args

import typer

from services.classifier.settings import ReaderName

_HELP = """Read what texts say of claims: one JSON object a line in, one out, in the same order, each written at once.

In:   {"id", "claim", "text", "title"?, "outlet"?}: a bare claim sentence; a headline, a sentence, a note or an article as plain text.

Out:  {"id", "related", "stance", "certainty", "speaker", "evidence": [...], "subjects": [...]}

stance is asserts, hedges, cannot_confirm, doubts, denies, refutes or discusses; null where the text is not about the claim.
certainty is a band of the ICD 203 scale (term, low, high) or null. speaker is who says so: the body, or the person by name and role, else
the outlet (empty where none is named). A line that cannot be read gives {"id", "line", "error"} and a word on stderr; the rest goes on.
The exit code is 0 when all lines were looked at, 2 when the input or output cannot be opened."""


def register(app: typer.Typer) -> None:
    """Add the verb to the command."""
    app.command("read", help=_HELP)(read)


def reader_name(text: str) -> ReaderName:
    """Return the reader of this name.

    Raises:
        typer.BadParameter: If there is none.
    """
    names: tuple[ReaderName, ...] = get_args(ReaderName)
    for name in names:
        if text == name:
            return name
    raise typer.BadParameter(f"no reader is called {text!r}; there are {', '.join(names)}")


def read(
    pairs: Annotated[str, typer.Option(help="File of pairs, one JSON object a line; - for standard input.")],
    out: Annotated[str, typer.Option(help="File for the answers; - for standard output.")] = "-",
    reader: Annotated[str, typer.Option(help="rules+model, or rules alone.")] = "rules+model",
) -> None:
    """Read pairs until there are no more."""
    from services.classifier.adapters.english_parser import load_pair_reader
    from services.classifier.adapters.pair_lines import read_lines

    name = reader_name(reader)
    with ExitStack() as opened:
        source, sink = _opened(pairs, "rb", opened), _opened(out, "wb", opened)
        reads = load_pair_reader(name)
        counts = read_lines(source, sink, reads.read, lambda line: typer.echo(f"read: {pairs}: {line}", err=True))
    if counts.refused:
        typer.echo(f"read: {counts.read} pairs read, {counts.refused} lines refused", err=True)


def _opened(place: str, mode: str, opened: ExitStack) -> IO[bytes]:
    if place == "-":
        return sys.stdin.buffer if mode == "rb" else sys.stdout.buffer
    try:
        file: IO[bytes] = opened.enter_context(Path(place).open(mode))
    except OSError as error:
        typer.echo(f"read: {place}: {error.strerror}", err=True)
        raise typer.Exit(2) from None
    return file
