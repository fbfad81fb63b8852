"""When a pass is due, and what may be written, with the time as an argument."""

import plistlib
import tomllib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.passes.claiming import with_writer
from vaultplan.watch.mounts import afar
from vaultplan.watch.service import launchd_plist, systemd_unit
from vaultplan.watch.timetable import Clock, Pace, Timetable, pace_of, until_midnight

PACE = Pace(settle=10.0, late=2.0, quiet=0.5, longest=5.0)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MACHINE = "0f0c63f0-1111-4222-8333-444455556666"


def times() -> Timetable:
    return Timetable(PACE)


# When


def test_nothing_is_due_while_nothing_changes() -> None:
    assert times().due_at() is None


def test_a_pass_is_due_once_it_is_quiet() -> None:
    table = times()
    for at in (0.0, 0.3, 0.6):
        table.changed(f"{at}.md", at)

    assert table.due_at() == pytest.approx(1.1)


def test_changes_without_end_do_not_put_a_pass_off_for_ever() -> None:
    table = times()
    for tenth in range(1000):
        table.changed("Ada.md", tenth / 10)

    assert table.due_at() == 5.0


def test_a_note_that_is_as_it_was_asks_for_nothing() -> None:
    table = times()
    table.changed("Ada.md", 1.0)
    table.same("Ada.md")
    table.changed("Bo.md", 60.0)

    assert table.due_at() == 60.5


def test_a_note_that_is_gone_is_believed_late() -> None:
    table = times()
    table.gone("Ada.md", 1.0)
    table.gone("Ada.md", 1.2)

    assert table.due_at() == 3.0


def test_a_note_that_came_back_is_a_change_like_any_other() -> None:
    table = times()
    table.gone("Ada.md", 1.0)
    table.changed("Ada.md", 1.2)

    assert table.due_at() == pytest.approx(1.7)


def test_a_pass_that_begins_takes_up_all_there_is() -> None:
    table = times()
    table.ask(0.0)
    table.changed("Ada.md", 1.0)
    table.gone("Bo.md", 1.0)
    table.begin()

    assert table.due_at() is None
    assert table.open == ()


def test_of_two_moments_asked_for_the_first_counts() -> None:
    table = times()
    table.ask(9.0)
    table.ask(7.0)
    table.ask(8.0)

    assert table.due_at() == 7.0


# What may be written


def test_a_note_is_settled_when_it_was_quiet_for_long_enough() -> None:
    table = times()
    table.changed("Ada.md", 1.0)
    table.begin()

    assert table.unsettled(10.9) == {"Ada.md"}
    assert table.unsettled(11.0) == set()


def test_what_a_pass_left_is_due_when_it_is_settled() -> None:
    table = times()
    table.changed("Ada.md", 1.0)
    table.changed("Bo.md", 2.0)
    table.begin()
    table.left({"Bo.md", "Broken.md"})

    assert table.due_at() == 12.0


def test_what_was_left_waits_longer_if_it_changes_again_and_holds_up_nothing_else() -> None:
    table = times()
    for name in ("Ada.md", "Bo.md"):
        table.changed(name, 1.0)
    table.begin()
    table.left({"Ada.md", "Bo.md"})
    table.changed("Ada.md", 4.0)
    table.same("Ada.md")

    assert table.due_at() == 11.0
    assert table.unsettled(11.0) == {"Ada.md"}


def test_a_note_changed_before_anything_was_watched_is_unsettled_too() -> None:
    table = times()
    table.fresh("Ada.md", -3.0)

    assert table.due_at() is None
    assert table.unsettled(6.9) == {"Ada.md"}
    assert table.unsettled(7.0) == set()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["changed", "gone", "same", "pass"]),
            st.sampled_from("abc"),
            st.floats(0, 20),
        )
    )
)
def test_whatever_happens_a_change_is_due_soon_and_a_fresh_note_never_written(
    events: list[tuple[str, str, float]],
) -> None:
    table, now = times(), 0.0
    last: dict[str, float] = {}
    for what, path, pause in events:
        now += pause
        if what == "pass":
            fresh = {path for path, at in last.items() if now < at + PACE.settle}
            assert fresh <= table.unsettled(now)
            table.begin()
            table.left(fresh)
        elif what == "same":
            table.same(path)
        else:
            getattr(table, what)(path, now)
            last[path] = now
            due = table.due_at()
            assert due is not None
            assert due <= now + PACE.longest


def test_who_asks_for_no_settling_gets_none() -> None:
    table = Timetable(pace_of(0.0))
    table.changed("Ada.md", 1.0)

    assert table.unsettled(1.0) == set()


# The clock


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (NOON, 43_200.0),
        (datetime(2026, 11, 20, 23, 59, 59, 500_000, tzinfo=UTC), 0.5),
        (datetime(2026, 11, 20, 23, tzinfo=UTC).astimezone(ZoneInfo("Asia/Tokyo")), 57_600.0),
    ],
    ids=str,
)
def test_midnight_is_where_the_vault_is(moment: datetime, seconds: float) -> None:
    assert until_midnight(moment) == seconds


def test_the_clock_is_looked_at_at_midnight_and_every_so_often() -> None:
    clock = Clock(NOON, 100.0)

    assert clock.look(NOON, 100.0) is False
    assert clock.next == 130.0
    clock.look(datetime(2026, 11, 20, 23, 59, 50, tzinfo=UTC), 43_290.0)
    assert clock.next == 43_300.0


@pytest.mark.parametrize(
    ("passed", "slipped"), [(30.0, False), (31.0, False), (3600.0, True), (-3600.0, True)], ids=str
)
def test_a_sleep_is_a_wall_clock_that_went_another_way(passed: float, *, slipped: bool) -> None:
    clock = Clock(NOON, 100.0)

    assert clock.look(NOON + timedelta(seconds=passed), 130.0) is slipped
    assert clock.look(NOON + timedelta(seconds=passed + 30), 160.0) is False


# Where the system tells nothing

MOUNTS = r"""
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 21 0:40 / /mnt/c rw,noatime - 9p C:\134 rw,aname=drvfs
31 21 0:41 / /home/ada/My\040share rw - cifs //host/share rw
32 21 0:42 / /srv rw - nfs4 host:/ rw
33 32 8:2 / /srv/local rw shared:3 master:4 - xfs /dev/sdb rw
34 21 0:43 / /over rw - ext4 /dev/sdc rw
35 34 0:44 / /over rw - fuse.sshfs host: rw
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ada/Notes", ""),
        ("/mnt/c/Users/ada/Notes", "9p"),
        ("/mnt/c", "9p"),
        ("/mnt/cellar", ""),
        ("/home/ada/My share/Notes", "cifs"),
        ("/srv/notes", "nfs4"),
        ("/srv/local/notes", ""),
        ("/over/notes", "fuse.sshfs"),
    ],
)
def test_changes_on_network_and_guest_mounts_must_be_looked_for(folder: str, kind: str) -> None:
    assert afar(MOUNTS, folder) == kind


def test_odd_lines_among_the_mounts_are_passed_over() -> None:
    assert afar("\nx - \n1 2 3\n" + MOUNTS, "/srv/notes") == "nfs4"


# The one machine


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'writer = "M"\n'),
        ('home = "."\n', 'writer = "M"\nhome = "."\n'),
        ('vault_id = "x"\nhome = "."', 'vault_id = "x"\nwriter = "M"\nhome = "."'),
        ('vault_id = "x"', 'vault_id = "x"\nwriter = "M"\n'),
        (
            '\ufeffvault_id = "x"\r\n[next]\r\n',
            '\ufeffvault_id = "x"\r\nwriter = "M"\r\n[next]\r\n',
        ),
        ("writer = 'old' # mine\n", 'writer = "M" # mine\n'),
        ('writer=""\n', 'writer="M"\n'),
        ('[a]\nvault_id = "x"\n', 'writer = "M"\n[a]\nvault_id = "x"\n'),
    ],
)
def test_the_writer_is_put_in_and_nothing_else_is_touched(before: str, after: str) -> None:
    assert with_writer(before.encode(), MACHINE) == after.replace("M", MACHINE).encode()


def test_a_writer_written_in_an_odd_way_is_left_to_the_person() -> None:
    assert with_writer(b'"writer" = "x"\n', MACHINE) is None
    assert with_writer(b'writer = """\nx"""\n', MACHINE) is None


@given(st.dictionaries(st.sampled_from(["vault_id", "writer", "home", "a"]), st.text(max_size=9)))
def test_settings_mean_the_same_with_another_writer(table: dict[str, str]) -> None:
    values = {key: "".join(f"\\U{ord(one):08x}" for one in value) for key, value in table.items()}
    text = "".join(f'{key} = "{value}"\n' for key, value in values.items())
    after = with_writer(text.encode(), MACHINE)

    assert after is not None
    assert tomllib.loads(after.decode()) == {**table, "writer": MACHINE}


# Services

COMMAND = ["/opt/my venv/python", "-m", "vaultplan", "watch", '/home/ada/100 % "$notes"\\']


def test_the_unit_for_systemd_quotes_what_it_must() -> None:
    unit = systemd_unit("100 % Notes", COMMAND, {"VAULTPLAN_STATE_DIR": "/a b"})

    assert (
        'ExecStart="/opt/my venv/python" "-m" "vaultplan" "watch" '
        '"/home/ada/100 %% \\"$$notes\\"\\\\"\n' in unit
    )
    assert 'Environment="VAULTPLAN_STATE_DIR=/a b"\n' in unit
    assert "Description=vaultplan: keep 100 %% Notes up to date\n" in unit
    assert "systemctl --user enable --now vaultplan-100-notes\n" in unit


def test_the_agent_for_launchd_says_the_same() -> None:
    agent = plistlib.loads(launchd_plist("Notes & more", COMMAND, {"A": "b"}).encode())

    assert agent["ProgramArguments"] == COMMAND
    assert agent["Label"] == "local.vaultplan-notes-more"
    assert agent["EnvironmentVariables"] == {"A": "b"}
