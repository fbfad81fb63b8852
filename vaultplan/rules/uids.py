"""Calendar ids: stable over edits, and telling nothing."""

import json
import unicodedata
from functools import lru_cache
from uuid import UUID, uuid5


@lru_cache(1 << 14)
def uid_of(vault_id: UUID, component: str, identity: tuple[str, ...]) -> str:
    """The calendar id: it holds no name, path or host (RFC 7986, 5.3).

    The formula is fixed for ever: another one would double everything in everybody's calendar.
    """
    parts = [unicodedata.normalize("NFC", part) for part in identity]
    return str(uuid5(vault_id, json.dumps([component, *parts], separators=(",", ":"))))
