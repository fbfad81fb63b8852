"""`vaultplan export report`: the numbers, for other eyes."""

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import plan_today
from vaultplan.cli.printing import echo
from vaultplan.views.papers.report import report_text


@click.group("export", short_help="Hand something out of the vault.")
def command() -> None:
    """Hand something out of the vault.

    Example: vaultplan export report
    """


@command.command("report", short_help="The progress in numbers, without names.")
@click.option("--titles", is_flag=True, help="Call the goals by their titles.")
@click.pass_obj
def report(door: Door, *, titles: bool) -> int:
    """Print a progress report in Markdown, for a coach or a mentor: counts and days, no names.

    Goals are numbered unless their titles are asked for.

    Example: vaultplan export report > report.md
    """
    echo(report_text(plan_today(door), titles=titles).rstrip())
    return 0
