"""What parsing a piece of HTML may cost, estimated before it is parsed.

A parser that repairs markup as browsers do can be made to work for hours by a short text: each paragraph repeats all
inline elements left open before it, many start tags look through everything that is open, and the attributes of a tag
are compared with each other. 30 kB of such text fill a gigabyte. Nothing that people write comes near.
"""

import re

# Steps of the estimate below that are always allowed, that each character adds, and that are never passed. A step may
# take 250 bytes.
_ALLOWED = 100_000
_PER_CHARACTER = 4
_MOST = 3_000_000
# No text with fewer tags and characters can cost too much.
_FEW_TAGS = 440
_FEW_CHARACTERS = 30_000
# Attributes are compared quickly: so many pairs make one step.
_PAIRS_IN_STEP = 600
_SHORTEST_ATTRIBUTE = 4

_SPACE = r"[ \t\n\r]"
_TAG = re.compile(
    # A comment or a tag that everybody reads in the same way …
    r"<!--[^>-](?:[^-]++|-(?!-))*+-->|"
    rf"""<(/?)([a-zA-Z][a-zA-Z0-9:_-]*+)((?:{_SPACE}++[^ \t\n\r"'<>/=]++"""
    rf"""(?:{_SPACE}*+={_SPACE}*+(?:"[^"<>]*+"|'[^'<>]*+'|[^ \t\n\r"'<>=`]++))?)*+){_SPACE}*+/?>"""
    # … or something else that starts like one.
    r"|<([/!?a-zA-Z])"
)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# These end where their neighbour or the element around them ends, with or without an end tag.
_END_BY_THEMSELVES = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody"}
# Elements in which tags mean something else, or nothing.
_ODD_INSIDE = {
    "applet", "iframe", "marquee", "math", "noembed", "noframes", "noscript", "object", "plaintext", "script",
    "select", "style", "svg", "template", "textarea", "title", "xmp",
}  # fmt: skip


def costs_too_much(markup: str) -> bool:
    """Whether parsing may take more than seconds; in doubt the answer is yes.

    The estimate adds up how many elements are open at each tag. Where the markup could be read in two ways, end tags
    are not trusted to end anything.
    """
    if markup.count("<") < _FEW_TAGS and len(markup) < _FEW_CHARACTERS:
        return False
    allowed = min(_ALLOWED + _PER_CHARACTER * len(markup), _MOST)
    cost = 0
    open_elements: list[str] = []
    is_plain = True
    for tag in _TAG.finditer(markup):
        if not (tag[2] or tag[4]):
            continue
        name = (tag[2] or "").lower()
        if not name or name in _ODD_INSIDE:
            is_plain = False
        if tag[1]:
            if is_plain:
                _close(open_elements, name)
        elif name not in _VOID and not (open_elements[-1:] == [name] and name in _END_BY_THEMSELVES):
            open_elements.append(name)
        attributes = len((tag[3] or "").split()) if name else _possible_attributes(tag, len(markup))
        cost += len(open_elements) + attributes**2 // _PAIRS_IN_STEP
        if cost > allowed:
            return True
    return False


def _close(open_elements: list[str], name: str) -> None:
    """Close the innermost element of this name, if only such are open in it as end by themselves."""
    for index in reversed(range(len(open_elements))):
        if open_elements[index] == name:
            del open_elements[index:]
            return
        if open_elements[index] not in _END_BY_THEMSELVES:
            return


def _possible_attributes(tag: re.Match[str], length: int) -> int:
    """How many attributes a tag could have of which nobody knows where it ends."""
    return (length - tag.start()) // _SHORTEST_ATTRIBUTE if tag[4].isalpha() else 0
