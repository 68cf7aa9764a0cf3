#!/usr/bin/env python3
"""Puts small inputs to start from below target/fuzz/corpus: fixtures, blocks of the documents, items of the books, templates, data."""

import hashlib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target/fuzz/corpus"
BORDER = "\n====\n"
HEAD = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n"


def put(target, text, longest):
    data = text.encode()
    if 0 < len(data) <= longest:
        folder = OUT / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha1(data).hexdigest()[:16]).write_bytes(data)


def blocks(kinds):
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for info, body in re.findall(r"^```(\S*)[^\n]*\n(.*?)^```", page.read_text(), re.M | re.S):
            if info in kinds:
                yield body


def items(text):
    """The items of a book, each with the lines of its block."""
    return re.split(r"\n(?=[a-z])", text)


def files(*patterns):
    return [path.read_text() for pattern in patterns for path in sorted(ROOT.glob(pattern)) if path.is_file()]


books = files("tests/fixtures/**/*.scn")
pieces = [text if text.startswith("scn") else HEAD + text for text in blocks({"scn"})]
whole = (ROOT / "tests/fixtures/syntax/ok/whole_language.scn").read_text()
pieces += ["scn 1\n" + item for text in [whole, *files("scenarios/**/*.scn")] for item in items(text)]
for text in books + pieces:
    put("parse", text, 512)
    put("format", text, 512)
    put("check", text, 700)
    lines = text.split("\n")
    for at in range(2, min(len(lines), 40), 7):
        changed = re.sub(r"\d", "7", lines[at]) + "  # changed"
        other = lines[(at + 3) % len(lines)].replace("a", "o") + "  # other"
        place = chr(ord("0") + at) + changed
        put("merge", text + BORDER + place + BORDER + chr(ord("0") + (at + 3) % len(lines)) + other, 768)
        put("review", text + BORDER + place, 768)
review = (ROOT / "tests/review.rs").read_text().split('const BOOK: &str = "\\\n')[1].split('";\n')[0]
review = review.replace('\\"', '"')
for at in range(3, len(review.split("\n")) - 1):
    changed = re.sub(r"\d+", "13", review.split("\n")[at])
    put("review", review + BORDER + chr(ord("0") + at) + changed, 2600)
for text in [*blocks({"yaml"}), *files("scenarios/**/*.y*ml", "tests/fixtures/**/*.y*ml")]:
    put("yaml", text[:500], 512)
    put("yaml", text.replace("mem_gb", "mem")[:500], 512)
put("yaml", "chips:\n  - { id: a, mem: 1.5, share: 7 }\n  - { id: b, mem: 2e3, share: ND }\n", 512)
put("yaml", "a: { mem: '1,5' }\nb: { mem: 7 }\n", 512)
put("yaml", "- { id: 2024A, mem: 1.5 }\n- { id: 2025A, mem: 1 }\n", 512)
for text in [*blocks({"csv"}), *files("scenarios/**/*.csv", "tests/fixtures/**/*.csv")]:
    put("csv", text[:500], 512)
for mark in ",;\t":
    put("csv", mark.join(["id", "mem", "share"]) + "\n" + mark.join(["a", '"1.250"', "7"]) + "\nTotal" + mark + "3" + mark + "\n", 512)
    put("csv", mark.join(["id", "mem"]) + "\n" + mark.join(["2024A", "1.5"]) + "\n" + mark.join(["2025A", "7"]) + "\n", 512)
for text in [*files("tests/fixtures/**/*.j2", "templates/**/*.j2"), *blocks({"jinja", "j2", "template", "jinja2", "markdown", "md"})]:
    put("template", text, 1024)
    for part in re.split(r"\n\n|\n(?=- )", text):
        put("template", part, 512)
for folder in sorted(OUT.iterdir()):
    print(folder.name, len(list(folder.iterdir())))
