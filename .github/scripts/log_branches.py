"""The log of publications between runs: its branch and that of its salts, laid out as folders and brought back.

    restore [--without-key]   branches zhurnal and soli of the remote → folders log and salts
    push [--may-wait]         these folders → the branches: the log only forward, the salts as one commit without a past

Both branches move in one push or none does. Signatures of witnesses that have come meanwhile are taken along; if the
log itself has grown, whoever was slower is refused, and nothing is published of what was lost (with --may-wait it is
only told). A council without a log has neither branches nor a key, and is told so; one without the other is an alarm
and stops everything.

Environment: REMOTE (address or folder of the repository, else origin), GITHUB_TOKEN for an address, HAS_KEY (true where
the job has the key of the log). Standard library only.
"""
import base64
import os
import subprocess
import sys
from pathlib import Path

LOG, SALTS = Path("log"), Path("salts")
BRANCHES = {"zhurnal": LOG, "soli": SALTS}
KNOWN = "refs/remotes/origin/"
NEWEST, SIZES = "checkpoint", "checkpoints/sizes"
WHO = ("-c", "user.name=Журнал оприлюднень", "-c", "user.email=zhurnal@localhost", "-c", "commit.gpgsign=false",
       "-c", "core.autocrlf=false")
MESSAGE = "Журнал оприлюднень"


class Stop(Exception):
    """Ends the step; the text is for whoever reads its log."""


def main(arguments: list[str]) -> int:
    try:
        if arguments in (["restore"], ["restore", "--without-key"]):
            restore(is_key_needed=len(arguments) == 1)
        elif arguments == ["push"]:
            push()
        elif arguments == ["push", "--may-wait"]:
            return told_later()
        else:
            raise Stop("Можна: restore [--without-key] або push [--may-wait].")
    except Stop as stop:
        print(f"::error::{stop}")
        return 1
    return 0


def told_later() -> int:
    try:
        push()
    except Stop as stop:
        print(f"::warning::{stop}")
    return 0


def restore(is_key_needed: bool) -> None:
    told = git(Path(), "ls-remote", "--heads", remote(), *BRANCHES)
    there = {line.split("refs/heads/")[1] for line in told.splitlines()}
    has_key = os.environ.get("HAS_KEY", "") == "true"
    if not there and not has_key:
        print("::notice::Рада ще не веде журналу оприлюднень. Як почати: сторінка довідки «Ключі журналу оприлюднень».")
        return
    if missing := sorted(BRANCHES.keys() - there):
        raise Stop(f"Немає гілки {missing[0]}, а журнал ведуть. Хтось її вилучив, або її ще не внесено: сторінка "
                   "довідки «Ключі журналу оприлюднень». Сайту не оприлюднено.")
    if is_key_needed and not has_key:
        raise Stop("Журнал є, а ключа PROZORA_LOG_KEY серед секретів немає. Поверніть ключ; сайту не оприлюднено.")
    if LOG.exists() or SALTS.exists():
        raise Stop("Теки log або salts уже є. Зітріть їх, якщо все з них внесено до гілок, і повторіть.")
    git(Path(), "init", "-q", "-b", "zhurnal", str(LOG))
    fetch(*BRANCHES)
    git(LOG, "reset", "-q", "--hard", f"{KNOWN}zhurnal")
    git(LOG, "worktree", "add", "-q", "--detach", str(SALTS.absolute()), f"{KNOWN}soli")


def push() -> None:
    """Bring both folders back; a folder that is no copy of a branch yet becomes one."""
    if not (LOG / ".git").exists():
        git(Path(), "init", "-q", "-b", "zhurnal", str(LOG))
    git(LOG, "add", "-A")
    if git(LOG, "status", "--porcelain"):
        git(LOG, *WHO, "commit", "-q", "-m", MESSAGE)
    salts = salts_commit()
    try:
        try:
            push_both(salts)
        except Stop:
            if not take_along_signatures():
                raise
            push_both(salts)
    except Stop as stop:
        raise Stop("Журналу не внесено: тим часом його дописав хтось інший. Нічого не оприлюднено; запустіть "
                   f"оприлюднення ще раз. {stop}") from None


def push_both(salts: str) -> None:
    before = git(LOG, "rev-parse", "-q", "--verify", f"{KNOWN}soli", is_asking=True)
    # no plus sign anywhere: it would push past the lease
    git(LOG, "push", "-q", "--atomic", f"--force-with-lease=refs/heads/soli:{before}", remote(),
        "HEAD:refs/heads/zhurnal", f"{salts}:refs/heads/soli")


def take_along_signatures() -> bool:
    """True if the branch has got nothing but signatures since we parted from it, and they are here now."""
    fetch("zhurnal")
    base = git(LOG, "merge-base", "HEAD", f"{KNOWN}zhurnal", is_asking=True)
    sizes = [git(LOG, "rev-parse", f"{one}:{SIZES}") for one in (base or "HEAD", f"{KNOWN}zhurnal", "HEAD")]
    if not base or sizes[0] != sizes[1]:
        return False
    if git(LOG, "rev-parse", "HEAD") == base:
        git(LOG, "merge", "-q", "--ff-only", f"{KNOWN}zhurnal")
        return True
    git(LOG, *WHO, "merge", "-q", "--no-commit", "-X", "ours", f"{KNOWN}zhurnal")
    if sizes[2] != sizes[0]:  # ours is the newest checkpoint, to the last line
        git(LOG, "checkout", "-q", "HEAD", "--", NEWEST, SIZES)
    git(LOG, *WHO, "commit", "-q", "-m", MESSAGE)
    return True


def salts_commit() -> str:
    """A commit without a past that holds the salts as they are; the same one where nothing has changed."""
    index = {"GIT_INDEX_FILE": str((LOG / ".git" / "salts-index").absolute())}
    git(LOG, f"--work-tree={SALTS.absolute()}", "add", "-A", "--", str(SALTS.absolute()), more=index)
    tree = git(LOG, "write-tree", more=index)
    if tree == git(LOG, "rev-parse", "-q", "--verify", f"{KNOWN}soli^{{tree}}", is_asking=True):
        return git(LOG, "rev-parse", f"{KNOWN}soli")
    return git(LOG, *WHO, "commit-tree", "-m", MESSAGE, tree)


def fetch(*branches: str) -> None:
    """Only what is newest: a past of thousands of publications is not needed to go on. Never into the site's own
    repository, whose history would look incomplete then.
    """
    depth = [] if git(LOG, "for-each-ref", KNOWN) else ["--depth=1"]
    git(LOG, "fetch", "-q", "--no-tags", *depth, remote(), *(f"+refs/heads/{name}:{KNOWN}{name}" for name in branches))


def remote() -> str:
    return os.environ.get("REMOTE") or git(Path(), "remote", "get-url", "origin")


def git(folder: Path, *arguments: str, more: dict[str, str] | None = None, is_asking: bool = False) -> str:
    """What git answers; where it is only asked, nothing is an answer too."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, encoding="utf-8",
                          env={**os.environ, **signed_in(), **(more or {})})
    if done.returncode and not is_asking:
        raise Stop(" ".join(done.stderr.split())[-400:] or f"git {arguments[0]}")
    return done.stdout.strip() if not done.returncode else ""


def signed_in() -> dict[str, str]:
    """The token as a setting of git that no command line and no file shows."""
    token = os.environ.get("GITHUB_TOKEN", "")
    if not token or "://" not in os.environ.get("REMOTE", ""):
        return {}
    basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "http.extraheader", "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {basic}"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
