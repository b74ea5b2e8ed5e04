"""Reads two calendar files of one plan, before and after a step was done: both are valid, titles are neutral, and what is
the same entry has the same id. python3 check-report.py FIRST SECOND"""

import sys
from datetime import date

import icalendar

# What an entry is, and nothing of what it is about.
TITLES = ("First step from your development plan", "Look back at a step from your development plan")


def entries(path):
    with open(path, "rb") as file:
        text = file.read()
    assert b"\n" not in text.replace(b"\r\n", b""), "a line does not end in CR LF"
    assert all(len(line) <= 75 for line in text.split(b"\r\n")), "a line is longer than 75 octets"
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar.name == "VCALENDAR" and calendar["VERSION"] == "2.0" and calendar["PRODID"]
    found = {}
    for entry in calendar.walk():
        if entry.name == "VCALENDAR":
            continue
        assert not entry.errors, entry.errors
        # One entry for a step: not a task and an event.
        assert entry.name == "VEVENT", entry.name
        assert entry["SUMMARY"] in TITLES, entry["SUMMARY"]
        assert entry["CLASS"] == "PRIVATE" and "DESCRIPTION" not in entry and "ATTENDEE" not in entry
        assert entry.decoded("DTSTAMP").tzinfo is not None
        day = entry.decoded("DTSTART")
        assert type(day) is date, day
        assert entry["UID"] not in found, f"{entry['UID']} stands twice"
        found[str(entry["UID"])] = entry
    return found


first, second = entries(sys.argv[1]), entries(sys.argv[2])
assert first and set(first) == set(second), "the ids changed"
done = [uid for uid in first if first[uid]["STATUS"] != second[uid]["STATUS"]]
assert done, "a step was done, and no entry says so"
assert all(second[uid]["SEQUENCE"] > first[uid]["SEQUENCE"] for uid in done), "a change without a higher sequence"
print(f"calendar: {len(first)} entries read, the same ids again, {len(done)} changed")
