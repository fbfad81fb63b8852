"""What a kind of note is: its name, its fields, how it is recognised, and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.rules.appointments import Appointment
from vaultplan.rules.milestones import Reached
from vaultplan.rules.touches import Told
from vaultplan.settings import Habits


def _nothing(_: Entry[Any]) -> None:
    return None


def _none(_: Entry[Any], __: tzinfo | None) -> tuple[Appointment, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of note.

    `record` declares its fields, `habits` are the common marks of such a note, `logs` whether it
    has a log. `folder` is where a new one goes, `body` what stands in it below its title (prompts,
    blocks), `columns` the fields and derived values that a list shows beside its name. `told` says
    which contact with people the note itself is, `reached` which milestone, `appointments` what of
    it belongs in a calendar, with the zone of times that have none.
    """

    name: str
    plural: str
    record: type[Any]
    habits: Habits
    folder: str
    columns: tuple[str, ...] = ()
    body: str = ""
    logs: bool = False
    told: Callable[[Entry[Any]], Told | None] = _nothing
    reached: Callable[[Entry[Any]], Reached | None] = _nothing
    appointments: Callable[[Entry[Any], tzinfo | None], tuple[Appointment, ...]] = _none

    @property
    def doc(self) -> str:
        """What such a note is, in one sentence."""
        return (self.record.__doc__ or "").strip()
