"""Comments in a pull request which pages it changes: `preview_comment.py changed-pages.json`.

The list was made by code of the change, so it is text of a stranger: read up to a size, shown inside one code block
from which nothing can break out. Which pull request it belongs to is asked of GitHub by the commit that was built, and
never read from the list. Standard library only: it runs where nothing is installed.
"""
import json
import os
import re
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

MARK = "<!-- preview -->"  # by it our own comment is found again and rewritten
LARGEST_LIST = 10_000_000  # bytes; ten years of a council's pages make four million
LINES = 50
LINE_LENGTH = 160
GROUPS = (("new", "Нові"), ("changed", "Змінені"), ("gone", "Зникли"))


def main(changed: Path) -> int:
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))["workflow_run"]
    number = pull_request(event)
    if number is None:
        print("Для цієї збірки немає відкритого запиту на злиття.")
        return 0
    body = comment(read_list(changed), event["html_url"])
    mine = our_comment(number)
    if mine is None:
        call("POST", f"issues/{number}/comments", {"body": body})
    else:
        call("PATCH", f"issues/comments/{mine}", {"body": body})
    return 0


def read_list(path: Path) -> dict[str, list[str]] | None:
    """Lines by group, without what is not as agreed; None where there is no list at all."""
    with path.open("rb") as file:
        content = file.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        return None
    try:
        found = json.loads(content.decode("utf-8", errors="replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    groups = {name: found.get(name) for name, _ in GROUPS}
    return {name: [line(entry) for entry in entries if isinstance(entry, dict)]
            for name, entries in groups.items() if isinstance(entries, list)}


def line(entry: dict[str, Any]) -> str:
    """One page as one line of visible characters."""
    text = f"{entry.get('address', '')} — {entry.get('title', '')}"[:LINE_LENGTH * 4]
    visible = "".join(sign if sign.isprintable() else " " for sign in text)
    return visible if len(visible) <= LINE_LENGTH else visible[:LINE_LENGTH - 1] + "…"


def comment(groups: dict[str, list[str]] | None, run_url: str) -> str:
    """The comment in Markdown; everything from the list stands inside the fence."""
    if groups is None:
        return f"{MARK}\nПерелік змінених сторінок не вдалося прочитати: {run_url}"
    shown = []
    for name, title in GROUPS:
        lines = groups.get(name, [])
        if lines:
            shown += [f"{title}: {len(lines)}", *(f"  {text}" for text in lines[:LINES])]
            shown += [f"  … і ще {len(lines) - LINES}"] if len(lines) > LINES else []
    if not shown:
        return f"{MARK}\nСторінки сайту від цієї зміни не змінюються."
    fence = "`" * (max((len(run) for text in shown for run in re.findall("`+", text)), default=2) + 1)
    fence = fence if len(fence) >= 3 else "```"
    return "\n".join([MARK, "Сторінки, яких торкається ця зміна:", "", f"{fence}text", *shown, fence, "",
                      f"Готовий сайт — в артефакті preview-site: {run_url}"])


def pull_request(event: dict[str, Any]) -> int | None:
    """Number of the open pull request whose head is the commit that was built; None if it has moved on."""
    if not event["head_repository"]:  # the fork has been deleted
        return None
    head = f"{event['head_repository']['owner']['login']}:{event['head_branch']}"
    query = urllib.parse.urlencode({"state": "open", "head": head})
    found = [pull["number"] for pull in call("GET", f"pulls?{query}") if pull["head"]["sha"] == event["head_sha"]]
    return found[0] if found else None


def our_comment(number: int) -> int | None:
    """The comment that an earlier run left, among the first thousand."""
    for page in range(1, 11):
        comments = call("GET", f"issues/{number}/comments?per_page=100&page={page}")
        for found in comments:
            if found["user"]["login"] == "github-actions[bot]" and found["body"].startswith(MARK):
                return int(found["id"])
        if len(comments) < 100:
            break
    return None


def call(method: str, path: str, body: dict[str, str] | None = None) -> Any:
    """GitHub's answer to one request about this repository."""
    request = urllib.request.Request(  # noqa: S310 (the address is GitHub's own variable)
        f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}", method=method,
        data=json.dumps(body).encode() if body else None,
        headers={"Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}", "Accept": "application/vnd.github+json",
                 "Content-Type": "application/json", "X-GitHub-Api-Version": "2022-11-28"})
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
