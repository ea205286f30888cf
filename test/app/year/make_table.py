"""Makes table.csv: what three groups should see in 400 days.

Written from the product's description alone, in another language and with another time zone library
than the code that is tested by it. Run: python3 make_table.py > table.csv
"""

import csv
import sys
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

UTC = timezone.utc
START = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = 400
END = START + timedelta(days=DAYS)

# name, zone, wall time, weekdays (Monday is 0), hours sealed, hours of catch-up, days off
GROUPS = [
    ("york", "America/New_York", time(2, 30), {0, 1, 2, 3, 4, 5, 6}, 20, 6, [(date(2027, 12, 24), date(2028, 1, 1))]),
    ("nepal", "Asia/Kathmandu", time(18, 45), {0, 1, 2, 3, 4}, 20, 12, []),
    ("howe", "Australia/Lord_Howe", time(1, 45), {0, 2, 4, 6}, 48, 2, [(date(2027, 6, 14), date(2027, 6, 14))]),
]

# While the bot is down nothing happens; what is due waits for its return.
DOWN = [
    ("2027-01-20T13:30", "2027-01-20T14:45"),
    ("2027-03-14T06:00", "2027-03-14T11:00"),
    ("2027-04-03T12:00", "2027-04-03T16:30"),
    ("2027-05-03T00:00", "2027-05-06T12:00"),
    ("2027-07-15T07:29", "2027-07-15T13:30"),
    ("2027-07-20T07:29", "2027-07-20T13:31"),
    ("2027-10-02T14:00", "2027-10-02T20:00"),
    ("2027-11-07T05:00", "2027-11-07T09:00"),
    ("2028-01-10T00:00", "2028-01-12T00:00"),
]
DOWN = [(datetime.fromisoformat(a).replace(tzinfo=UTC), datetime.fromisoformat(b).replace(tzinfo=UTC)) for a, b in DOWN]


def up(moment):
    """The first instant from `moment` on at which the bot is there."""
    for a, b in DOWN:
        if a <= moment < b:
            return b
    return moment


def instant(day, wall, zone):
    """A time in a gap moves forward by the gap; of a repeated one the first is meant."""
    tz = ZoneInfo(zone)
    early = datetime.combine(day, wall, tzinfo=tz).replace(fold=0)
    back = early.astimezone(UTC).astimezone(tz)
    if back.replace(tzinfo=None) == datetime.combine(day, wall):
        return early.astimezone(UTC)
    # In a gap the offset from before it (fold 0) reads the wall clock as if it had not jumped.
    return early.astimezone(UTC)


def answers(member, nth):
    """ann misses every eleventh drill; bo answers nine and misses three."""
    return nth % 11 != 5 if member == "ann" else nth % 12 < 9


def main():
    rows = []
    for name, zone, wall, weekdays, sealed, window, off in GROUPS:
        due = []
        day = START.date() - timedelta(days=2)
        while day <= END.date() + timedelta(days=2):
            at = instant(day, wall, zone)
            free = any(a <= day <= b for a, b in off)
            if day.weekday() in weekdays and START < at <= END and not free:
                due.append((day, at))
            day += timedelta(days=1)

        posts = []
        for index, (day, at) in enumerate(due):
            posted = up(at)
            # Only the newest of what was missed is caught up, and only inside the window.
            newer = any(later <= posted for _, later in due[index + 1 :])
            late = posted - at > timedelta(hours=window)
            posts.append([day, at, None if newer or late else posted])

        state = {member: {"run": 0, "freezes": 0, "begun": False} for member in ("ann", "bo")}
        nth = 0
        for day, at, posted in posts:
            if posted is None:
                rows.append([name, day.isoformat(), "skipped", "", "", "", "", "", ""])
                continue
            reveal = up(posted + timedelta(hours=sealed))
            row = [name, day.isoformat(), "posted", iso(posted), iso(reveal)]
            for member, kept in state.items():
                # They answer an hour after the post, if the bot is there then.
                moment = posted + timedelta(hours=1)
                answered = answers(member, nth) and up(moment) == moment
                if answered:
                    kept["begun"] = True
                    kept["run"] += 1
                    if kept["run"] % 7 == 0:
                        kept["freezes"] = min(2, kept["freezes"] + 1)
                elif kept["begun"] and kept["freezes"] > 0 and kept["run"] > 0:
                    kept["freezes"] -= 1
                else:
                    kept["run"], kept["freezes"] = 0, 0
                row += ["x" if answered else "-", f"{kept['run']}/{kept['freezes']}"]
            rows.append(row)
            nth += 1
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["group", "day", "what", "posted", "revealed", "ann", "ann_streak", "bo", "bo_streak"])
    out.writerows(rows)


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%MZ")


main()
