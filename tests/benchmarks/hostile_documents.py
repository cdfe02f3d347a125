"""Documents made to hurt: each kind gives a new text every time, so that nothing can be answered from memory."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

MOST = 15_000
Make = Callable[[random.Random], str]


def _filled(head: str, unit: Callable[[int], str], tail: str = "") -> str:
    """Return `head`, as many units as fit, and `tail`."""
    parts, size = [head], len(head) + len(tail)
    for index in range(MOST):
        part = unit(index)
        if size + len(part) > MOST:
            break
        parts.append(part)
        size += len(part)
    return "".join(parts) + tail


def _doubling(chance: random.Random, length: int = 60) -> str:
    """2^n selections behind n fragments: each is spread twice by the one before."""
    salt = f"s{chance.randrange(10**9)}"
    chain = [
        f"fragment {salt}{i} on Organisation {{ industry {{ organisations {{ nodes {{ ...{salt}{i + 1} }} }} }} "
        f"district {{ members {{ nodes {{ ...{salt}{i + 1} }} }} }} }}"
        for i in range(length)
    ]
    last = f"fragment {salt}{length} on Organisation {{ id }}"
    return f"{{ organisations {{ nodes {{ ...{salt}0 }} }} }} {' '.join(chain)} {last}"


def _flat_doubling(chance: random.Random, length: int = 150) -> str:
    """The same without depth: fragments that spread fragments on the same type."""
    salt = f"s{chance.randrange(10**9)}"
    chain = [f"fragment {salt}{i} on Query {{ ...{salt}{i + 1} ...{salt}{i + 1} }}" for i in range(length)]
    return f"{{ ...{salt}0 }} {' '.join(chain)} fragment {salt}{length} on Query {{ wrong }}"


def _leaf_doubling(chance: random.Random) -> str:
    """Within depth and cost, yet thousands of fields: wide fragments under edges that cost one each."""
    salt = f"s{chance.randrange(10**9)}"
    wide = "id name nameKo nameEn kind code synthetic isMine longitude latitude designation boundary"
    chain = [
        f"fragment {salt}{i} on District {{ {wide} parent {{ ...{salt}{i + 1} }} "
        f"parts(first: 1) {{ nodes {{ ...{salt}{i + 1} }} edges {{ node {{ ...{salt}{i + 1} }} }} }} }}"
        for i in range(7)
    ]
    return f'{{ district(id: "dst_x") {{ ...{salt}0 }} }} {" ".join(chain)} fragment {salt}7 on District {{ {wide} }}'


def _cycle(chance: random.Random) -> str:
    salt = f"s{chance.randrange(10**9)}"
    return (
        f"{{ organisations {{ nodes {{ ...{salt}a }} }} }} "
        f"fragment {salt}a on Organisation {{ id ...{salt}b }} fragment {salt}b on Organisation {{ name ...{salt}a }}"
    )


def _many_cycles(chance: random.Random) -> str:
    names = [f"s{chance.randrange(10**9)}" for _ in range(20)]
    spreads = " ".join(f"...{name}" for name in names)
    return f"{{ {spreads} }} " + " ".join(f"fragment {name} on Query {{ {spreads} }}" for name in names)


def _lists(chance: random.Random) -> str:
    return (
        "{ organisations(first: 100) { nodes { technologies(first: 50) { nodes { organisations(first: 50) "
        f"{{ nodes {{ s{chance.randrange(10**9)}: id }} }} }} }} }} }} }}"
    )


def _bytes(chance: random.Random) -> str:
    return chance.randbytes(MOST).decode("latin-1")


def _of(letters: str) -> Make:
    return lambda chance: "".join(chance.choices(letters, k=MOST))


def _unit(head: str, unit: str, tail: str = "") -> Make:
    """Return a maker of a document full of one unit, where `#` is a new number."""
    return lambda chance: _filled(head, lambda _: unit.replace("#", str(chance.randrange(10**6))), tail)


KINDS: dict[str, Make] = {
    "fragments that double at each level": _doubling,
    "fragments that double on one level": _flat_doubling,
    "fragments of many leaves, within depth and cost": _leaf_doubling,
    "a cycle of fragments": _cycle,
    "20 fragments that each spread all": _many_cycles,
    "lists of 100 x 50 x 50": _lists,
    "random bytes": _bytes,
    "random punctuation": _of("{}[]()!:=@$|&.,# \n"),
    "random letters and brackets": _of("{}()abc: \n"),
    "opening braces": _unit("{s# ", "{"),
    "opening brackets in a value": _unit("{ organisations(first: ", "[", ""),
    "nested selections": _unit("{", "s#{"),
    "quotes": _unit("{ s# ", '"'),
    "an open string": _unit('{ s#(x: "', "\\\\"),
    "strings": _unit("{ ", '"s#" '),
    "an open block string": _unit('{ s#(x: """', ' "" \\"'),
    "a long block string": _unit('{ organisations(sort: """', "s# \n", '""") { totalCount } }'),
    "block strings": _unit("{ ", '"""s#""" '),
    "a huge integer": _unit("{ organisations(first: ", "9", ") { totalCount } }"),
    "a huge id": _unit('{ node(id: "', "9#", '", x: 1) { id } }'),
    "a number that never ends": _unit("{ organisations(first: 1", "e1", ") { totalCount } }"),
    "one comment": _unit("# ", "comment # ", "\n{ wrong }"),
    "comments": _unit("{ wrong ", "#c#\n", "}"),
    "commas": _unit("{ wrong# ", ",", "}"),
    "aliases": _unit("{ ", "a#: __typename ", "}"),
    "directives": _unit("{ __typename ", "@skip(if: false) ", "}"),
    "unknown directives": _unit("{ __typename ", "@s# ", "}"),
    "directives on the operation": _unit("query Q ", "@s# ", "{ __typename }"),
    "600 times one field": lambda chance: "{ " + "viewer { id } " * 600 + f"s{chance.randrange(10**6)} }}",
    "600 times one field, aliased anew": lambda chance: (
        "{ organisations { nodes { " + f"s{chance.randrange(10**6)}: id " * 600 + "} } }"
    ),
    "600 unknown fields": lambda chance: "{ " + " ".join(f"s{chance.randrange(10**9)}" for _ in range(600)) + " }",
    "600 fields almost named right": lambda chance: (
        "{ " + " ".join(f"organisation{chance.choice('abcdefgh')}{i}" for i in range(600)) + " }"
    ),
    "unknown arguments": _unit("{ organisations(", "firs#: 1 ", ") { totalCount } }"),
    "one argument, over and over": _unit("{ organisations(", "first: # ", ") { totalCount } }"),
    "unknown filters": _unit("{ organisations(where: {", "nam#: {eq: 1} ", "}) { totalCount } }"),
    "nested filters": lambda chance: (
        "{ organisations(where: "
        + "{technologies: {some: {organisations: {some: " * 12
        + f'{{id: {{eq: "{chance.randrange(10**9)}"}}}}'
        + "}}}}" * 12
        + ") { totalCount } }"
    ),
    "a hundred filters by neighbours": lambda chance: (
        "{ organisations(where: {or: ["
        + ", ".join(f'{{technologies: {{some: {{id: {{in: ["{chance.randrange(10**6)}"]}}}}}}}}' for _ in range(100))
        + "]}) { totalCount } }"
    ),
    "many operations": _unit("", "query s# { viewer { id } } "),
    "many unnamed operations": lambda chance: f"{{ s{chance.randrange(10**6)} }} " + "{ viewer { id } } " * 300,
    "many unused fragments": _unit("{ viewer { id } } ", "fragment s# on Viewer { id } "),
    "many variables": _unit("query (", "$s#: Int ", ") { viewer { id } }"),
    "one variable, over and over": _unit("query ($s: Int ", "$s: [Int!] ", ") { viewer { id } }"),
    "variables used wrongly": lambda chance: (
        "query ($s: String) { organisations(first: 1) { nodes { "
        + "technologies(first: $s) { totalCount } " * 120
        + f"s{chance.randrange(10**6)} }} }} }}"
    ),
    "fields that conflict": lambda chance: (
        "{ " + " ".join(f"organisations(first: {chance.randrange(90)}) {{ nodes {{ id }} }}" for _ in range(100)) + " }"
    ),
    "conflicts below fragments": lambda chance: (
        "{ " + 'district(id: "a") { ...a ...b } ' * 60 + f"s{chance.randrange(10**6)} }} "
        "fragment a on District { id name } fragment b on District { name id }"
    ),
    "mutations in a row": _unit("mutation { ", "signOut(input: {}) { __typename } ", "}"),
    "aliased mutations": _unit("mutation { ", "s#: signOut(input: {}) { __typename } ", "}"),
    "a definition of types": _unit("", "type s# { a: Int } "),
    "an extension of the schema": _unit("", "extend type Query { s#: Int } "),
    "introspection, deep": lambda chance: (
        f"{{ s{chance.randrange(10**6)}: __schema {{ types {{ "
        + "fields { type { " * 12
        + "name"
        + " } }" * 12
        + " } } }"
    ),
    "introspection, wide": lambda chance: (
        f"{{ s{chance.randrange(10**6)}: __schema {{ types {{ fields {{ type {{ fields {{ type {{ fields {{ type "
        "{ fields { name } } } } } } } } } } }"
    ),
    "unicode": lambda chance: "".join(chr(chance.randrange(0x20, 0xD7FF)) for _ in range(MOST)),
    "astral characters in a string": _unit('{ node(id: "', "\U0001f600", '", x: #) { id } }'),
    "lone surrogates": _unit('{ node(id: "', "\ud800", '", x: #) { id } }'),
    "escapes": _unit('{ node(id: "', "\\u{1F600}", '", x: 1) { id } }'),
    "null characters": _unit("{ viewer", "\0", "}"),
    "too long": lambda chance: "{ viewer { id } } #" + "x" * MOST + str(chance.random()),
    "nothing": lambda chance: " " * chance.randrange(MOST),
}


VALID: dict[str, Make] = {
    "a hundred leaves in each of four fragments": lambda chance: (
        f"query s{chance.randrange(10**6)} {{ organisations(first: 1) {{ nodes {{ ...a }} }} }} "
        "fragment a on Organisation { district { ...b } industry { id name } technologies(first: 1) { nodes { id } } } "
        "fragment b on District { id name nameKo nameEn kind code parent { id name nameKo nameEn kind code } }"
    ),
    "a field two hundred times": lambda chance: "{ viewer { " + "id " * 200 + f"}} }} # {chance.random()}",
    "filters by neighbours": lambda chance: (
        "{ organisations(where: {or: ["
        + f'{{technologies: {{some: {{nameKo: {{eq: "{chance.randrange(10**6)}"}}}}}}}} ' * 12
        + "]}) { totalCount } }"
    ),
}


def documents(seed: int, each: int) -> Iterator[tuple[str, str]]:
    """Yield (kind, document), `each` of every kind in turn."""
    chance = random.Random(seed)
    for _ in range(each):
        for kind, make in KINDS.items():
            yield kind, make(chance)
