"""`vaultplan export report`: the numbers, for other eyes."""

from dataclasses import asdict

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import plan_today
from vaultplan.cli.printing import echo_exact, echo_json
from vaultplan.cli.shapes import envelope
from vaultplan.views.papers.report import report_of, report_text, span_of


@click.group("export", short_help="Hand something out of the vault.")
def command() -> None:
    """Hand something out of the vault.

    Example: vaultplan export report
    """


@command.command("report", short_help="The progress in numbers, without names.")
@click.option("--titles", is_flag=True, help="Call the goals by their titles.")
@click.option("--json", "as_json", is_flag=True, help="Print the tables as JSON.")
@click.pass_obj
def report(door: Door, *, titles: bool, as_json: bool) -> int:
    """Print a progress report in Markdown, for a coach or a mentor: counts and days, no names.

    Goals are numbered unless their titles are asked for.

    Example: vaultplan export report > report.md
    """
    plan = plan_today(door)
    if as_json:
        sections = [asdict(section) for section in report_of(plan, titles=titles)]
        echo_json(envelope(plan, span=span_of(plan), sections=sections))
    else:
        echo_exact(report_text(plan, titles=titles).rstrip())
    return 0
