"""What the questions of docs/analysis.md should be answered with: worked out from the resources that the sandbox's API sends, without any SQL.

Each answer is a list of rows. Numbers are not rounded.
"""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from statistics import fmean, median
from typing import Callable, Iterable

from connector import Json
from sandbox import Sandbox

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
MINUTE_S, HOUR_S = 60, 3600

Row = dict[str, object]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def week(text: str) -> date:
    day = moment(text).date()
    return day - timedelta(days=day.weekday())


def month(text: str) -> date:
    return moment(text).date().replace(day=1)


def live(resources: Iterable[Json]) -> list[Json]:
    """The attributes of those that were not deleted."""
    return [one["attributes"] for one in resources if not one["attributes"].get("deleted")]


def percent(part: float, whole: float) -> float:
    return 100 * part / whole


def related(resource: Json, name: str) -> str:
    return resource["relationships"][name]["data"]["id"]


class Names:
    """The names of a list's resources, by id; None for what is not on the list."""

    def __init__(self, resources: list[Json]) -> None:
        self._names = {one["id"]: one["attributes"]["name"] for one in resources}

    def known(self, id: str | None) -> str | None:
        """The id, if it is on the list."""
        return id if id in self._names else None

    def __getitem__(self, id: str | None) -> str | None:
        return self._names.get(id)


def first_response_by_team_and_week(sandbox: Sandbox) -> list[Row]:
    teams = Names(sandbox.all_listed("teams"))
    minutes = defaultdict(list)
    for conversation in live(sandbox.all_found("conversation")):
        if answer := conversation.get("firstResponse"):
            minutes[week(answer["createdAt"]), teams.known(answer["createdByTeams"][0])].append(answer["time"] / MINUTE_MS)
    return [
        {"week": monday, "team": teams[team], "answered": len(all), "mean_minutes": fmean(all), "median_minutes": median(all)}
        for (monday, team), all in minutes.items()
    ]


def handle_time_by_agent(sandbox: Sandbox) -> list[Row]:
    users = Names(sandbox.all_listed("users"))
    seconds, conversations = Counter(), defaultdict(set)
    for stretch in sandbox.all_found("conversation_time"):
        agent = users.known(related(stretch, "createdBy"))
        seconds[agent] += stretch["attributes"]["handleTime"]
        conversations[agent].add(related(stretch, "conversation"))
    return [
        {
            "agent": users[agent],
            "conversations": len(own),
            "hours": seconds[agent] / HOUR_S,
            "minutes_per_conversation": seconds[agent] / MINUTE_S / len(own),
        }
        for agent, own in conversations.items()
    ]


def csat_by_agent_and_channel(sandbox: Sandbox) -> list[Row]:
    users = Names(sandbox.all_listed("users"))
    surveys = defaultdict(list)
    for conversation in live(sandbox.all_found("conversation")):
        survey = conversation["satisfactionLevel"]
        if "sentAt" in survey:
            surveys[users.known(survey["sentBy"]), survey["channel"]].append(survey)
    rows = []
    for (agent, channel), asked in surveys.items():
        answered = [survey for survey in asked if "rating" in survey]
        satisfied = [survey for survey in answered if survey["rating"] >= 4]
        rows.append(
            {
                "agent": users[agent],
                "channel": channel,
                "asked": len(asked),
                "answered": len(answered),
                "satisfied_percent": percent(len(satisfied), len(answered)) if answered else None,
                "mean_rating": fmean(survey["rating"] for survey in answered) if answered else None,
            }
        )
    return rows


def backlog_by_queue_and_day(sandbox: Sandbox) -> list[Row]:
    items = sandbox.all_found("work_item")
    last = max(moment(item["attributes"]["updatedAt"]) for item in items).date()
    rows = []
    for day in (last - timedelta(days=ago) for ago in range(14)):
        waiting = Counter()
        for item in items:
            entered, finished = (item["attributes"][name] for name in ("firstEnterQueueAt", "handleCompletedAt"))
            if moment(entered).date() <= day and (finished is None or moment(finished).date() > day):
                waiting[related(item, "queue")] += 1
        rows += [{"day": day, "queue": queue["attributes"]["name"], "waiting": waiting[queue["id"]]} for queue in sandbox.all_listed("routing/queues")]
    return rows


def reopen_rate(sandbox: Sandbox) -> list[Row]:
    done, reopened = Counter(), Counter()
    for conversation in live(sandbox.all_found("conversation")):
        if first := conversation.get("firstDone"):
            done[week(first["createdAt"])] += 1
            # What is open again, or was done more often than once.
            reopened[week(first["createdAt"])] += conversation["doneCount"] > 1 or conversation["status"] != "done"
    return [
        {"week": monday, "done": count, "reopened": reopened[monday], "reopened_percent": percent(reopened[monday], count)}
        for monday, count in done.items()
    ]


def sla_breaches(sandbox: Sandbox) -> list[Row]:
    teams = Names(sandbox.all_listed("teams"))
    promised, breached = Counter(), Counter()
    for conversation in live(sandbox.all_found("conversation")):
        if level := conversation.get("sla"):
            group = level["name"], teams.known(next(iter(conversation["assignedTeams"]), None))
            promised[group] += 1
            breached[group] += level["status"] == "breached"
    return [
        {
            "service_level": name,
            "team": teams[team],
            "conversations": count,
            "breached": breached[name, team],
            "breached_percent": percent(breached[name, team], count),
        }
        for (name, team), count in promised.items()
    ]


def occupancy(sandbox: Sandbox) -> list[Row]:
    users = Names(sandbox.all_listed("users"))
    sessions = defaultdict(list)
    for session in sandbox.all_found("work_session"):
        sessions[week(session["attributes"]["signedInAt"]), users.known(related(session, "user"))].append(session["attributes"])
    rows = []
    for (monday, agent), own in sessions.items():
        # Sandbox agents never are at their capacity, so all of their work is done with some of it left.
        busy = sum(session["totalAvailableNotAtCapacity"]["time"] for session in own)
        signed_in = sum((moment(session["signedOutAt"]) - moment(session["signedInAt"])) / timedelta(milliseconds=1) for session in own)
        available = signed_in - sum(session["totalUnavailable"]["time"] for session in own)
        rows.append(
            {
                "week": monday,
                "agent": users[agent],
                "sessions": len(own),
                "available_hours": available / HOUR_MS,
                "occupancy_percent": percent(busy, available),
            }
        )
    return rows


def contact_reasons(sandbox: Sandbox) -> list[Row]:
    reasons = Counter(conversation["custom"].get("contactReasonTree") for conversation in live(sandbox.all_found("conversation")))
    del reasons[None]
    return [
        {"area": reason.split(".")[0], "reason": reason, "conversations": count, "percent": percent(count, reasons.total())}
        for reason, count in reasons.items()
    ]


def messages_by_channel(sandbox: Sandbox) -> list[Row]:
    counts = defaultdict(Counter)
    for message in live(sandbox.all_found("message")):
        group = counts[month(message["createdAt"]), message["channel"]]
        group["received"] += message["direction"] == "in"
        group["sent"] += message["direction"] == "out"
        group["automatic"] += message["direction"] == "out" and message["auto"]
    return [{"month": first, "channel": channel, **count} for (first, channel), count in counts.items()]


def merges_and_deletes(sandbox: Sandbox) -> list[Row]:
    gone = Counter()
    for context in ("conversation", "customer", "message"):
        for resource in sandbox.all_found(context):
            if resource["attributes"].get("deleted"):
                gone[month(resource["attributes"]["deletedAt"]), f"{context}s deleted"] += 1
    for customer in sandbox.all_found("customer"):
        for merge in sandbox.all_listed(f"customers/{customer['id']}/merges"):
            gone[month(merge["attributes"]["createdAt"]), "customers merged"] += 1
    return [{"month": first, "what": what, "records": count} for (first, what), count in gone.items()]


ANSWERS: dict[str, Callable[[Sandbox], list[Row]]] = {
    "First response by team and week": first_response_by_team_and_week,
    "Handle time by agent": handle_time_by_agent,
    "CSAT by agent and channel": csat_by_agent_and_channel,
    "Backlog by queue and day": backlog_by_queue_and_day,
    "Reopen rate": reopen_rate,
    "SLA breaches": sla_breaches,
    "Occupancy": occupancy,
    "Contact reasons": contact_reasons,
    "Messages by channel": messages_by_channel,
    "Merges and deletes": merges_and_deletes,
}
"""By the heading in docs/analysis.md."""
