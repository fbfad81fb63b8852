"""A record read from a note is the one its class would make of the same values."""

from typing import Any

import pytest

from vaultplan.kinds import KINDS
from vaultplan.kinds.fields import Common, _record, declared

RECORDS = [*(kind.record for kind in KINDS), Common]


@pytest.mark.parametrize("record", RECORDS)
def test_what_is_not_written_is_as_the_class_has_it(record: type[Any]) -> None:
    names = [one.name for one in declared(record)]
    for given in ({}, {names[0]: "Ada"}, dict.fromkeys(names, "Ada")):
        read, made = _record(record, given), record(**given)

        assert read == made
        assert hash(read) == hash(made)
        assert [getattr(read, name) for name in names] == [getattr(made, name) for name in names]
