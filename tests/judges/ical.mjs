// What ical.js (the parser of Thunderbird and of Obsidian's calendar plugins) makes of a feed.
//
//     node ical.mjs FEED [FIRST LAST]
//
// prints a JSON list, one object per item: uid, kind, summary, description, location, url,
// categories, start and end as written, `utc`: [start, end] in seconds since 1970 (null for whole
// days), `alarms`: triggers in seconds, `days`: the days on which it starts from FIRST to LAST.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [path, first = "2026-01-01", last = "2026-12-31"] = process.argv.slice(2);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));

for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}

function daysOf(event) {
  if (!event.startDate) return [];
  if (!event.isRecurring()) {
    const day = event.startDate.toString().slice(0, 10);
    return day >= first && day <= last ? [day] : [];
  }
  const days = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    const day = next.toString().slice(0, 10);
    if (day > last) break;
    if (day >= first) days.push(day);
  }
  return days;
}

function read(component) {
  const event = new ICAL.Event(component);
  const start = component.getFirstPropertyValue("dtstart");
  const end = component.getFirstPropertyValue("dtend") ?? component.getFirstPropertyValue("due");
  const timed = start && !start.isDate;
  return {
    kind: component.name,
    uid: component.getFirstPropertyValue("uid"),
    summary: component.getFirstPropertyValue("summary"),
    description: component.getFirstPropertyValue("description"),
    location: component.getFirstPropertyValue("location"),
    url: component.getFirstPropertyValue("url"),
    status: component.getFirstPropertyValue("status"),
    categories: component.getFirstProperty("categories")?.getValues() ?? [],
    start: start?.toString() ?? null,
    end: end?.toString() ?? null,
    utc: timed ? [start.toUnixTime(), end.toUnixTime()] : null,
    alarms: component
      .getAllSubcomponents("valarm")
      .map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds()),
    days: daysOf(event),
  };
}

const items = calendar.getAllSubcomponents().filter((part) => part.name !== "vtimezone");
process.stdout.write(JSON.stringify(items.map(read)));
