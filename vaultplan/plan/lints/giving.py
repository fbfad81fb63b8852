"""Give first: what was asked before anything was given, and offers still to be kept."""

from collections.abc import Iterator

from vaultplan.days import days_after
from vaultplan.plan import Plan
from vaultplan.plan.exchange import first_ask, offered_on
from vaultplan.plan.lints.advice import hint, rests
from vaultplan.problems import Problem

OFFER_DAYS = 14


def asked_first(plan: Plan) -> Iterator[Problem]:
    """People asked in this cycle to whom nothing was ever given; told once, at the first line."""
    for person in plan.people.values():
        ask = first_ask(person, plan)
        if ask:
            source = ask.sources[0]
            message = f"you asked something of {person.name} and have given nothing yet"
            fix = "find something useful to give, and log it as `gave`, `shared` or `intro`"
            yield Problem(source.path, source.line, "asked-first", "warning", message, fix)


def offer_not_delivered(plan: Plan) -> Iterator[Problem]:
    """Offers to people who are followed up, with nothing given two weeks after they were due."""
    gave = plan.vault.settings.log.gave
    for person in plan.people.values():
        base = offered_on(person, plan)
        resting = not person.tracked or rests(person, plan.today)
        if base is None or resting or not person.entry.item.offer:
            continue
        given = any(one.kind in gave and one.day >= base for one in person.touches)
        if plan.today >= days_after(base, OFFER_DAYS) and not given:
            message = f"nothing was given to {person.name} since {base}, and there is an offer"
            fix = "keep the offer and log it as `gave`, or write another one"
            yield hint(person.entry, ("offer",), "offer-not-delivered", message, fix)
