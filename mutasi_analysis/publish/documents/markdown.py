"""A document as Markdown with its figures as files: for wikis, version control and other programs."""

from __future__ import annotations

import re

from mutasi_analysis.publish.documents.content import Document, Figure, Grid, Heading, Part, Pointer, Text
from mutasi_analysis.publish.documents.prose import Items, Paragraph, Run
from mutasi_analysis.wording.words import Words

#: every ASCII sign that can begin or end something in CommonMark, in Pandoc's Markdown or in a wiki's
_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~^$@'\"&=:])")
_RISKY = re.compile(r"([\\`*_{}\[\]<>#|~^$@&])")
#: where a bare address begins, which viewers with GitHub's extensions make a link of
_ADDRESS = re.compile(r"(?<=[a-z])(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
#: what begins a list, a rule, a definition or the underline of a heading; "−0.5", "+2.8" and "0.236" do not
_START = re.compile(r"^(\s*)([-+:](?=\s|$)|[-=](?=[-=\s]*$)|\d+[.)](?=\s|$))")


def figure_name(figure: Figure) -> str:
    """File name of a figure, made of its number alone and its key."""
    key = re.sub(r"[^a-z0-9]+", "-", figure.key.lower()).strip("-")
    return f"{figure.number:02d}-{key or 'gambar'}.svg"


def markdown_text(document: Document, folder: str) -> str:
    """The document as Markdown; figures are linked as `folder`/name."""
    words = Words(document.language)
    pieces = [f"# {escaped(document.title)}", *(escaped(fact) for fact in document.about)]
    if document.synthetic:
        pieces.insert(1, f"**{escaped(words('frame.synthetic'))}**")
    pieces += [_part(part, words, folder) for part in (*document.front, *document.body)]
    if document.annex:
        pieces += [f"## {escaped(words('documents.annex'))}", *(_grid(grid, words) for grid in document.annex)]
    pieces += [_part(part, words, folder) for part in document.appendix]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows letter by letter, wherever in a line it stands."""
    return _guarded(_plain(text))


def _plain(text: str) -> str:
    return _ADDRESS.sub(lambda found: f"\\{found[0]}", _RISKY.sub(_slash, text))


def _slash(found: re.Match[str]) -> str:
    return f"\\{found[1]}"


def _part(part: Part, words: Words, folder: str) -> str:
    if isinstance(part, Heading):
        return f"{'#' * (part.level + 1)} {escaped(part.text)}"
    if isinstance(part, Text):
        text = "\n\n".join(_node(node) for node in part.nodes)
        return "\n".join(f"> {line}".rstrip() for line in text.splitlines()) if part.role in ("answer", "warning", "synthetic") else text
    if isinstance(part, Pointer):
        rows = words("frame.rows", n=words.number(len(part.grid.rows), 0))
        return f"**{_label(part.grid, words)}.** {escaped(part.grid.caption)}. {escaped(words('documents.in_annex', rows=rows))}."
    if isinstance(part, Figure):
        image = f"![{escaped(part.alt)}]({folder}/{figure_name(part)})"
        return f"**{escaped(part.title)}**\n\n{image}\n\n*{words('frame.figure', n=part.number)}.* {escaped(part.caption)}"
    return _grid(part, words)


def _label(grid: Grid, words: Words) -> str:
    return words("frame.table", n=grid.number)


def _grid(grid: Grid, words: Words) -> str:
    head = _row([column.head for column in grid.columns])
    line = "|" + "|".join("---:" if column.numeric else ":---" for column in grid.columns) + "|"
    table = "\n".join([head, line, *(_row(row) for row in grid.rows)])
    note = "".join(_run(run) for run in grid.note)
    return "\n\n".join(piece for piece in (f"**{_label(grid, words)}.** {escaped(grid.caption)}", table, _guarded(note)) if piece)


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _node(node: Paragraph | Items, indent: str = "") -> str:
    if isinstance(node, Paragraph):
        return _guarded("".join(_run(run) for run in node.runs))
    lines = []
    for number, item in enumerate(node.items, start=1):
        mark = f"{number}. " if node.ordered else "- "
        inner = indent + " " * len(mark)
        texts = [_node(piece, inner) for piece in item if isinstance(piece, Paragraph | Items)]
        lines.append(f"{indent}{mark}" + f"\n{inner}".join(text.lstrip() if n == 0 else text for n, text in enumerate(texts)))
    return "\n".join(lines)


def _guarded(text: str) -> str:
    """A line that cannot be read as a list, a rule or the underline of a heading."""
    return _START.sub(lambda found: f"{found[1]}{_SIGNS.sub(_slash, found[2])}", text)


def _run(run: Run) -> str:
    if run.code:
        fence = "`" * (1 + max((len(ticks) for ticks in re.findall("`+", run.text)), default=0))
        pad = " " if run.text.startswith("`") or run.text.endswith("`") else ""
        return f"{fence}{pad}{run.text}{pad}{fence}"
    text = _plain(run.text)
    bare = text.strip()
    if not bare:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if run.emphasis:
        bare = f"*{bare}*"
    if run.strong:
        bare = f"**{bare}**"
    if run.href:
        bare = f"[{bare}]({run.href.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"
    return f"{before}{bare}{after}"
