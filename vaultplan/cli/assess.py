"""`vaultplan assess`: rate your networking, with the evidence beside each question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from shlex import join
from typing import Any

import click

from vaultplan.cli.door import Door
from vaultplan.cli.making import make_note
from vaultplan.cli.opening import plan_today
from vaultplan.cli.printing import echo, say
from vaultplan.kinds.assessment import DIMENSIONS, QUESTIONS
from vaultplan.passes.creating import draft_new, path_for
from vaultplan.passes.making import Draft
from vaultplan.passes.reading import Sight
from vaultplan.plan import Plan
from vaultplan.plan.evidence import evidence_of
from vaultplan.plan.lookback import assessments_of
from vaultplan.problems import Stop, WrongUseError
from vaultplan.rules.evidence import said
from vaultplan.views.papers.evidence import with_evidence

_WORDS = {
    "challenge": "What holds you back most at present?",
    "strengths": "What are you good at? Several are parted by commas.",
    "improve": "What would you like to do better? Several are parted by commas.",
    "resources": "Whom and what can you build on? Several are parted by commas.",
}
_RATING = click.IntRange(1, 5)


def _options(command: click.Command) -> click.Command:
    """An option for each answer."""
    for name in reversed(DIMENSIONS):
        option = click.Option([f"--{name}"], type=_RATING, help=QUESTIONS[name].split("?")[0] + "?")
        command.params.insert(0, option)
    return command


@click.command("assess", short_help="Rate your networking.")
@click.option("--challenge", help=_WORDS["challenge"])
@click.option("--strengths", help=_WORDS["strengths"])
@click.option("--improve", help=_WORDS["improve"])
@click.option("--resources", help=_WORDS["resources"])
@click.option("--dry-run", is_flag=True, help="Write nothing; print the note as a diff.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_obj
def command(door: Door, /, *, dry_run: bool, as_json: bool, **answers: Any) -> int:
    """Make today's assessment: five ratings from 1 to 5, and the biggest challenge.

    Asks one question after the other, with what the notes of the last 90 days say beside each, and
    the last rating; a blank answer is left out. With any answer as an option nothing is asked.

    Example: vaultplan assess --diversity 3 --comfort 2 --challenge "Writing the day after"
    """
    plan = plan_today(door)
    there = [
        one.path for one in assessments_of(plan.vault, plan.today) if one.item.date == plan.today
    ]
    if there:
        raise WrongUseError(f"{there[0]} is of {plan.today} already; change the ratings there")
    given = {name: str(value) for name, value in answers.items() if value not in (None, "")}
    if as_json and not given:
        raise WrongUseError("--json asks nothing; give the answers as options, such as --focus 3")
    path_for(plan.vault, "assessment", _name(plan.today))
    values = given or _asked(plan)
    if not values:
        say(door, "Nothing was answered, nothing was written")
        return 0

    def draft(sight: Sight) -> Draft:
        made = draft_new(sight, "assessment", _name(sight.today), values)
        return replace(made, text=with_evidence(made.text, plan))

    then = "`vaultplan status` shows it, and the view `assessment` beside the ones before"
    try:
        return make_note(door, draft, then, dry_run=dry_run, as_json=as_json)
    except Stop as stop:
        raise stop if given else WrongUseError(f"{stop}\n{_again(values)}") from None


def _name(today: date) -> str:
    return f"Assessment {today}"


def _again(values: Mapping[str, str]) -> str:
    """The command that gives the answers again, so that nobody has to think twice."""
    options = (word for name, value in values.items() for word in (f"--{name}", value))
    return f"To give the same answers again: {join(('vaultplan', 'assess', *options))}"


def _asked(plan: Plan) -> dict[str, str]:
    """The answers a person gives, one question after the other."""
    found = assessments_of(plan.vault, plan.today)
    answers = {}
    for dimension in evidence_of(plan):
        echo(QUESTIONS[dimension.name])
        for figure in dimension.figures:
            echo(f"  {said(figure)}")
        if found and (before := getattr(found[-1].item, dimension.name)):
            echo(f"  {found[-1].item.date}: you said {before}")
        answers[dimension.name] = _rating(dimension.name)
    for name, question in _WORDS.items():
        answers[name] = _prompt(question, " ")
    return {name: answer for name, answer in answers.items() if answer}


def _rating(name: str) -> str:
    """A rating, asked again until it is one; blank for none."""
    while True:
        answer = _prompt(f"{name.capitalize()} (1–5)", ": ")
        if answer in ("", *"12345"):
            return answer
        echo("  a number from 1 to 5, or nothing")


def _prompt(question: str, suffix: str) -> str:
    answer = click.prompt(question, default="", show_default=False, prompt_suffix=suffix)
    return str(answer).strip()


_options(command)
