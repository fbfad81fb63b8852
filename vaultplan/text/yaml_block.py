"""Front matter that is not plain, read by python-frontmatter with our reader behind it.

Of a large vault's notes none may need it, so it is imported for the first one that does.
"""

import re
from typing import cast

import frontmatter
from frontmatter.default_handlers import BaseHandler

from vaultplan.text.properties import Property
from vaultplan.text.yaml12 import read_yaml
from vaultplan.text.yaml_errors import YamlError


class _Block(BaseHandler):
    """Reads the text between the fences for python-frontmatter.

    python-frontmatter strips a text and turns CRLF into LF before it splits it, by which offsets
    would be lost: `split` gives what stands in the note itself.
    """

    FM_BOUNDARY = re.compile("---")  # it must have one, though `split` needs none

    def __init__(self, inner: str, start: int) -> None:
        super().__init__()
        self.inner = inner
        self.start = start

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002  (see above)
        return self.inner, ""

    def load(self, fm: str) -> dict[str, Property]:
        value, properties = read_yaml(fm, 2, self.start)
        if value is not None and not isinstance(value, dict):
            raise YamlError("no `key: value` lines in it; is a space missing after a colon?")
        return properties


def read_block(text: str, inner: str, start: int) -> dict[str, Property]:
    """The properties in a note's front matter, by key.

    `text` is the note to the closing fence, `inner` what is between the fences from `start` on.

    Raises:
        YamlError: it is not valid.
    """
    read, _ = frontmatter.parse(text, handler=_Block(inner, start))
    return cast("dict[str, Property]", read)
