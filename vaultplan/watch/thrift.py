"""Giving memory back after a pass that has read every note.

What such a pass keeps lies scattered among what it no longer needs, and Python gives memory back
only in large pieces. So what is kept is taken out as bytes, and made anew when all else is gone.
"""

import ctypes
import gc
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar

_T = TypeVar("_T")
_CACHE = type(lru_cache(maxsize=1)(int))


def anew(take_out: Callable[[], _T], put_back: Callable[[_T], None]) -> None:
    """Make something anew that `take_out` gives and forgets, and `put_back` takes."""
    data = pickle.dumps(take_out(), pickle.HIGHEST_PROTOCOL)
    for one in gc.get_objects():
        if isinstance(one, _CACHE) and str(one.__module__).startswith("vaultplan."):
            one.cache_clear()
    gc.collect()
    _trim()
    put_back(pickle.loads(data))  # noqa: S301  (made just above)
    del data
    gc.collect()
    # What is kept from pass to pass needs not be searched for garbage again and again.
    gc.freeze()
    _trim()


def _trim() -> None:
    """Let the C library give free memory back, where it is one that can."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
