"""Every command of this repository: `python3 tasks.py` lists them. An Invoke task file that makes its own environment.

The first lines can be read by Python 3.6 and later, so that an old one gets an answer and not a SyntaxError.
"""
import gc
import sys

if sys.version_info < (3, 11):
    sys.stderr.write("Потрібен Python 3.11 або новіший, а це %d.%d. Новий — на https://www.python.org/downloads/\n"
                     % sys.version_info[:2])
    sys.exit(3)

from tooling import entry

if __name__ == "__main__":
    entry.enter(sys.argv[1:])
    gc.disable()  # commands are short, and what they load stays to the end; only `serve` goes on for hours

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tooling import bootstrap, commands, program, publication_log
from tooling.commands import Exit, command

if TYPE_CHECKING:
    from invoke import Context

    from plugins.builder.options import BuildOptions

ROOT = bootstrap.ROOT
STARTED_IN = Path.cwd()
MEASURES = ("archive", "audits", "documents", "history", "log", "mutants", "posters", "search", "votes")
TREE = {
    "content": "тека з документами [звичайно: content]",
    "data": "тека з реєстрами [звичайно: data]",
    "output": "тека для готового сайту [звичайно: output]",
}
EVIDENCE = {
    "log": "тека журналу оприлюднень [звичайно: log поруч із документами, якщо вона є]",
    "salts": "тека солей журналу [звичайно: salts поруч із документами, якщо вона є]",
}


@command(help=TREE | EVIDENCE | {
    "cold": "не зважати на стан попередніх побудов",
    "no_search": "без пошукового покажчика",
    "public": "для оприлюднення: перевірити, що жодна раніше оприлюднена сторінка не зникла",
    "as_of": "день або мить, станом на які будується сайт, як-от 2026-03-12 чи 2026-03-12T09:00:00Z",
    "paranoid": "прочитати кожен файл документів і сайту, не вірячи git та переліку файлів",
    "jobs": "скільки процесів працює водночас; 0 — за кількістю ядер",
    "url": "адреса сайту, як-от https://rada.example/sait",
    "previous": "перелік файлів попереднього оприлюднення: файл або адреса",
})
def build(c: "Context", content: str = "", data: str = "", output: str = "", cold: bool = False,
          no_search: bool = False, public: bool = False, as_of: str = "", paranoid: bool = False, jobs: int = 0,
          url: str = "", previous: str = "", log: str = "", salts: str = "") -> None:
    """Побудувати сайт у теку output.

    Друкує наново лише ті сторінки, які змінилися. Якщо в документах є помилки, називає всі й лишає попередній сайт.
    """
    if url and not url.startswith(("https://", "http://")):
        raise Exit(f"--url: «{url}» не адреса. Треба https://… із назвою сервера.", code=2)
    from plugins.builder import run
    finish(run.build(options(content, data, output, cold=cold, search=not no_search, public=public, as_of=as_of or None,
                             paranoid=paranoid, jobs=jobs, url=url or None, previous=previous or None,
                             **evidence(log, salts))))


@command(help=TREE | EVIDENCE | {
    "format": "text — для людини, github — позначки в запиті на злиття, json — для програм",
    "explain": "пояснити код помилки на прикладі, як-от VOTE-OPTION",
})
def check(c: "Context", content: str = "", data: str = "", output: str = "", format: str = "text",
          explain: str = "", log: str = "", salts: str = "") -> None:
    """Перевірити документи й реєстри, нічого не будуючи."""
    if format not in ("text", "github", "json"):
        raise Exit(f"Немає подання «{format}». Можна: text, github, json.", code=2)
    from plugins.builder import run
    finish(run.explain(explain) if explain else run.check(
        options(content, data, output, **evidence(log, salts)), format))


@command(help=TREE | EVIDENCE | {
    "host": "адреса, на якій відповідає сервер",
    "port": "порт",
})
def serve(c: "Context", content: str = "", data: str = "", output: str = "", host: str = "127.0.0.1",
          port: int = 8000, log: str = "", salts: str = "") -> None:
    """Показати сайт у браузері й оновлювати його після кожного збереження.

    Помилки видно на сторінці й тут, а сайт лишається таким, яким був. Зупинити — Ctrl+C.
    """
    if not 0 <= port <= 65535:
        raise Exit(f"Порту {port} не буває. Треба число від 0 до 65535.", code=2)
    from plugins.builder import serve as server
    gc.enable()
    finish(server.serve(options(content, data, output, **evidence(log, salts)), host, port))


@command(help={
    "kind": "вид документа: news, draft, act, meeting, report, greeting, event, weekly_plan, page, help",
    "title": "назва в лапках",
    "content": TREE["content"],
    "data": f"{TREE['data']}; для вітань, бо з неї береться день",
})
def new(c: "Context", kind: str, title: str, content: str = "", data: str = "") -> None:
    """Створити заготовку документа: поля з поясненнями й місце для тексту.

    Приклад: python3 tasks.py new news "У громаді відкрили пункт незламності"
    """
    from plugins.editor import new as skeleton
    folder = place(content, "content")
    beside = folder.parent / "data"
    registers = beside if beside.is_dir() and not data else place(data, "data")
    finish(skeleton.new(kind, title, folder, data=registers))


@command(help={
    "what": "votes — голосування із системи, XLSX, PDF чи національного CSV; document — документ із DOCX чи PDF",
    "path": "файл, тека або архів ZIP",
    "content": TREE["content"],
    "data": TREE["data"],
    "meeting": "votes: засідання, якому належать усі голосування, як-от 2026/pl-2026-11-19",
    "accept": "votes: прийняти перешкоду такого виду; можна кілька разів або через кому",
    "match": "votes: хто це в джерелі, як-от \"Бойко І. П.=boiko-ivan\"; можна кілька разів",
    "word": "votes: що значить слово голосу, як-от \"Присутній=Не голосував\"; можна кілька разів",
    "dry_run": "нічого не записувати, лише сказати, що буде записано",
    "kind": "document: draft, act або minutes; не вказано — за словами документа",
    "body": "document: орган, як-от rada",
    "number": "document: номер, якщо в тексті його немає",
    "date": "document: дата РРРР-ММ-ДД, якщо в тексті її немає",
})
def import_(c: "Context", what: str, path: str, content: str = "", data: str = "", meeting: str = "",
            accept: list[str] | None = None, match: list[str] | None = None, word: list[str] | None = None,
            dry_run: bool = False, kind: str = "", body: str = "", number: str = "", date: str = "") -> None:
    """Перенести голосування чи документ з іншої системи.

    Усе, чого не вдалося зіставити чи що не сходиться, названо з файлом і рядком, і нічого не записано, доки це не
    виправлено або не прийнято. Приклади:
    python3 tasks.py import votes ../holosuvannia.zip --accept masked-names
    python3 tasks.py import document ../rishennia.docx --kind act
    """
    if what not in IMPORTS:
        raise Exit(f"Немає переносу «{what}». Можна: {', '.join(IMPORTS)}.", code=2)
    source = (STARTED_IN / path).resolve()
    if not source.exists():
        raise Exit(f"Немає файлу чи теки «{path}».", code=2)
    finish(IMPORTS[what](source, options(content, data, ""), meeting=meeting, accept=accept, match=match, word=word,
                         dry_run=dry_run, kind=kind, body=body, number=number, date=date))


@command(help={
    "what": "start — почати журнал: ключі, правила довіри; append — дописати оприлюднене після побудови; collect — "
            "зібрати підписи свідків (статус 4 — не всі відповіли); stamp — узяти позначку часу; rotate — замінити "
            "ключ; erase — вилучити дані з редакції документа; show — стан журналу; proof — доказ однієї сторінки чи "
            "документа",
    "log": "тека журналу",
    "salts": "тека солей: вони відкривають записи журналу",
    "output": "append: тека готового сайту [звичайно: output]; proof: файл для доказу; erase: нова тека для чистого "
              "сховища, без неї лише план",
    "content": TREE["content"],
    "data": TREE["data"],
    "keys": "тека приватних ключів, поза сховищем git; append без неї бере їх зі змінних PROZORA_LOG_KEY і "
            "PROZORA_LOG_KEY_PQ",
    "site": "append: оприлюднений сайт (адреса або тека), минуле якого журнал має продовжувати; proof: сайт, з якого "
            "складають доказ",
    "url": "append: адреса, з якою побудовано сайт [звичайно: та, що в --site]",
    "as_of": "день або мить, станом на які побудовано сайт, ті самі, що в build [звичайно: тепер]",
    "origin": "start: назва журналу, як-от rada.example/zhurnal; її не змінюють ніколи",
    "witness": "start: ключ свідка, у лапках після пробілу — адреса його підписів; можна кілька разів",
    "quorum": "start: скільки свідків досить [звичайно: більше половини]",
    "authority": "stamp: адреса служби позначок часу (RFC 3161)",
    "new": "rotate: порожня тека для нових ключів, поза сховищем git",
    "lost": "rotate: старий ключ утрачено чи викрадено, є лише ключі-наступники",
    "page": "proof: адреса сторінки, як-от /rishennia/2026/0123/",
    "document": "proof, erase: документ за назвою в журналі, як-от drafts/2026/0123",
    "revision": "proof: номер редакції документа [звичайно: остання]; erase: номери через кому",
    "role": "erase: роль посадової особи з data/roles.yml, яка може змінювати data/redactions.yml",
    "basis": "erase: норма права чи рішення, без самих даних",
    "reason": "erase: причина для читача, без самих даних",
    "files": "erase: назва вкладення, яке теж вилучити; можна кілька разів",
    "words": "erase: файл зі словами, яких не має лишитися ніде, слово в рядку; у журнал вони не потрапляють",
    "receipt": "erase: закритий файл для аудиторів, що мають стару копію сховища",
    "yes": "erase: замінити й гілку цього сховища",
    "short": "proof: лише підписи Ed25519 і стільки свідків, скільки просять правила сайту; учетверо коротший",
})
def log(c: "Context", what: str, log: str = "", salts: str = "", output: str = "", content: str = "", data: str = "",
        keys: str = "", site: str = "", url: str = "", as_of: str = "", origin: str = "",
        witness: list[str] | None = None, quorum: str = "", authority: str = "", new: str = "", lost: bool = False,
        page: str = "", document: str = "", revision: str = "", short: bool = False, role: str = "", basis: str = "",
        reason: str = "", files: list[str] | None = None, words: str = "", receipt: str = "",
        yes: bool = False) -> None:
    """Вести журнал оприлюднень, у якому видно кожну підробку.

    Журнал дописує робота, що оприлюднює сайт; людині потрібні start, rotate і erase. Про них — сторінки довідки
    «Ключі журналу оприлюднень» і «Як вилучити персональні дані».
    python3 tasks.py log start --log log --salts salts --origin rada.example/zhurnal --keys /media/nosii
    python3 tasks.py log proof --site https://rada.example --page /rishennia/2026/0123/ --output dokaz.txt
    """
    given: dict[str, Any] = {
        "log": log, "salts": salts, "output": output, "content": content, "data": data, "keys": keys, "site": site,
        "url": url, "as_of": as_of, "origin": origin, "witness": witness, "quorum": quorum, "authority": authority,
        "new": new, "lost": lost, "page": page, "document": document, "revision": revision, "short": short,
        "role": role, "basis": basis, "reason": reason, "files": files, "words": words, "receipt": receipt, "yes": yes}
    problem = publication_log.wrong_options(what, given)
    if problem:
        raise Exit(problem, code=2)
    given |= {name: str(STARTED_IN / given[name]) for name in ("log", "salts", "keys", "new", "words", "receipt")
              if given[name]}
    if site and "://" not in site:
        given["site"] = str(STARTED_IN / site)
    is_elsewhere = what in ("proof", "erase") and bool(output)
    if is_elsewhere:
        given["output"] = str(STARTED_IN / output)
    tree = options(content, data, "" if is_elsewhere else output, as_of=as_of or None,
                   **{name: Path(given[name]) for name in ("log", "salts") if given[name]})
    lines, status = publication_log.run(what, tree, given, read_records)
    print("\n".join(lines))
    finish(status)


@command(help={
    "only": "лише тести, назви яких відповідають виразу, як у pytest -k",
    "renew": "записати наново очікувані результати; зміни перегляньте перед комітом",
    "jobs": "скільки процесів працює водночас",
})
def test(c: "Context", only: str = "", renew: bool = False, jobs: int = 2) -> None:
    """Поставити все, що потрібно тестам, і виконати їх.

    Усе після «--» дістається pytest: python3 tasks.py test -- tests/test_tasks.py -x
    """
    from tests import memory, tools
    tools.bring_all()
    with memory.quick_place() as place:
        done = subprocess.run(pytest_command(only, jobs, shlex.split(c.remainder)), cwd=ROOT,
                              env=os.environ | place | ({"PROZORA_RENEW": "1"} if renew else {}))
    finish(done.returncode)


@command(help={
    "what": "що виміряти: archive — архів ради проти Hugo, Eleventy і Pelican (можна не писати, якщо є параметри); "
            "audits — скільки чекає той, хто перевіряє архів; "
            "documents — скільки коштують листи, афіші, бланки й картки; history — журнал git на 40 000 комітів; "
            "log — журнал оприлюднень на 53 419 подій і 40 000 підписаних комітів; mutants — чи ловлять тести навмисні "
            "помилки в лічбі строків і голосів; posters — афіші: чи вміщуються 200 назв у сім форматів; search — що "
            "знаходить пошук, скільки передає й чекає; votes — 5000 поіменних голосувань 60 депутатів",
    "shared": "тека з генератором архіву (gen_corpus.py і заготовки сайтів) [звичайно: ../shared/bench]",
    "texts": "тека з українськими текстами, з яких складається архів; поруч із --shared є real",
    "years": "скільки років в архіві, до 10; 0 — один, а для search — без архіву",
    "peers": "з ким порівнювати, через кому",
    "runs": "скільки разів повторити; 0 — тричі, а на кількох роках Pelican лише раз; posters: скільки назв взяти",
    "share": "яку частку кожного року взяти, у відсотках",
    "json": "файл для всіх вимірів",
    "dev": "search: питання для розробки (звичайно)",
    "seed": "search: з яким числом складати важчі питання для розробки: з іншим вони інші [звичайно: 0]",
    "held_out": "search: відкладені питання, яких під час розробки не дивляться",
    "parts": "search: що виміряти, через кому: answers — відповіді й обсяг, waits — чекання в браузері, costs — ціна "
             "покажчика, judged — питання людей; звичайно все",
})
def bench(c: "Context", what: str, shared: str = "", texts: str = "", years: int = 0,
          peers: str = "hugo,eleventy,pelican", runs: int = 0, share: int = 100, json: str = "", dev: bool = False,
          held_out: bool = False, parts: str = "", seed: int = 0) -> None:
    """Виміряти час, процесор, пам’ять і пошук.

    Перша побудова, одна правка, нова новина, без змін, зміна теми — усі програми по черзі на тих самих документах.
    """
    if what not in MEASURES:
        raise Exit(f"Немає виміру «{what}». Можна: {', '.join(MEASURES)}.", code=2)
    if what == "history":
        from bench import history
        return finish(history.main(runs or 3))
    if what == "audits":
        from bench import audits
        if not 0 <= years <= audits.YEARS:
            raise Exit(f"--years: {years}. Треба від 1 до {audits.YEARS}.", code=2)
        return finish(audits.main(read_records, ledger_of, years or audits.YEARS))
    if what == "log":
        from bench import log, log_writer
        return finish(log.main() or log_writer.main())
    if what == "mutants":
        bootstrap.install(bootstrap.TEST_LOCK)
        from bench import mutants
        return finish(mutants.main(runs, Path(STARTED_IN, json) if json else None))
    if what == "posters":
        bootstrap.install(bootstrap.TEST_LOCK)
        from bench.posters import run as posters
        return finish(posters.main(runs, Path(STARTED_IN, json) if json else None))
    if what == "documents":
        from bench import papers
        return finish(papers.main(runs or 1, Path(STARTED_IN, json) if json else None))
    if what == "votes":
        from bench import rolls
        return finish(rolls.main(runs or 3, Path(STARTED_IN, json) if json else None))
    if what == "search":
        bootstrap.install(bootstrap.TEST_LOCK)
        from bench.search import run
        problem = run.wrong_options(parts, years, is_held_out=held_out, seed=seed) or (
            "Або --dev, або --held-out." if dev and held_out else "")
        if problem:
            raise Exit(problem, code=2)
        return finish(run.main(place(texts, "../shared/real"), is_held_out=held_out, parts=parts, years=years,
                               figures=Path(STARTED_IN, json) if json else None, seed=seed))
    from bench import archive
    years = years or 1
    problem = archive.wrong_options(years, peers, runs, share)
    if problem:
        raise Exit(problem, code=2)
    source = place(shared, "../shared/bench")
    return finish(archive.main(source, place(texts, source.parent / "real"), years=years, peers=peers, runs=runs,
                               share=share, figures=Path(STARTED_IN, json) if json else None))


@command(help={
    "years": "скільки років, до 10: останній — 2025",
    "output": "нова або порожня тека для архіву: у ній будуть content і data",
    "share": "яку частку кожного року взяти, у відсотках",
})
def demo(c: "Context", years: int = 1, output: str = "", share: int = 100) -> None:
    """Скласти архів вигаданої ради, щоб випробувати сайт на великому обсязі.

    Приклад: python3 tasks.py demo --years 10 --output ../arkhiv
    """
    if not output:
        raise Exit("Вкажіть --output: нову або порожню теку для архіву.", code=2)
    from bench import demo as archive
    finish(archive.main(years, place(output, ""), share))


@command(could_not=3, help={
    "what": "що перевірити: all — усе, що дозволяють параметри; log — журнал; page — файли сайту, одну "
            "сторінку чи джерело документа з доказом; "
            "history — репозиторій проти журналу; signers — підписи комітів; deadlines — строки; rebuild — побудувати "
            "наново й порівняти; rewrite — чи переписано лише оголошене; witness — посвідчити чужий журнал",
    "site": "тека або адреса сайту",
    "repo": "тека репозиторію [звичайно: цей]",
    "log": "тека або адреса журналу [звичайно: на сайті]",
    "salts": "тека або адреса солей [звичайно: на сайті]",
    "policy": "ваша власна копія правил довіри; без неї віримо правилам із сайту",
    "state": "файл, у якому пам’ятати побачене від перевірки до перевірки",
    "now": "мить, станом на яку судити про свіжість [звичайно: годинник]",
    "authorities": "сертифікати служб часу, яким ви вірите, у файлі PEM",
    "commit": "rebuild: коміт, із якого будувати",
    "compare": "rebuild: тека або адреса сайту, з яким порівняти [звичайно: --site]",
    "day": "rebuild: день або мить, станом на які будувати [звичайно: як записано поруч із журналом]",
    "url": "rebuild: адреса сайту [звичайно: як записано поруч із журналом]",
    "file": "page: збережена сторінка чи джерело документа; можна просто: verify page storinka.html",
    "proof": "page: доказ цієї сторінки, файл .tlog-proof",
    "address": "page: шлях сторінки на сайті, як-от /proiekty/2026/412-p/",
    "old": "rewrite: тека з копією репозиторію, якою він був до переписування",
    "key": "witness: файл із ключем свідка",
    "out": "witness: тека, куди класти підписи",
    "new_key": "witness: зробити ключ із такою назвою у файлі --key",
    "json": "звіт для програми",
    "lang": "мова звіту: uk або en",
})
def verify(c: "Context", what: str, site: str = "", repo: str = "", log: str = "", salts: str = "", policy: str = "",
           state: str = "", now: str = "", authorities: str = "", commit: str = "", compare: str = "", day: str = "",
           url: str = "", file: str = "", proof: str = "", address: str = "", old: str = "", key: str = "",
           out: str = "", new_key: str = "", json: bool = False, lang: str = "uk") -> None:
    """Перевірити, чи нічого з оприлюдненого не змінено, не датовано заднім числом і не вилучено.

    Статус: 0 — гаразд, 1 — є ознаки підробки, 2 — доказів замало, 3 — перевірити не вдалося. Приклади:
    python3 tasks.py verify all --site https://rada.example --policy moi-pravyla --state pamiat.json
    python3 tasks.py verify page storinka.html --proof storinka.tlog-proof --policy moi-pravyla
    python3 tasks.py verify rebuild --commit 3f9a1c0 --compare https://rada.example
    """
    from plugins.audit.checking import verify as auditor
    if what != "all" and what not in auditor.NAMES:
        raise Exit(f"Немає перевірки «{what}». Можна: all, {', '.join(auditor.NAMES)}.", code=3)
    if lang not in ("uk", "en"):
        raise Exit(f"Немає мови «{lang}». Можна: uk, en.", code=3)
    places = {name: where(given) for name, given in {"site": site, "log": log, "salts": salts, "policy": policy,
              "state": state, "authorities": authorities, "compare": compare, "file": file, "proof": proof, "old": old,
              "key": key, "out": out}.items()}
    if new_key:
        return make_key(new_key, places["key"])
    asked = auditor.Asked(what, Path(where(repo)) if repo else ROOT, now=now, commit=commit, day=day, url=url,
                          address=address, json=json, lang=lang, ledger=ledger_of, **places)
    return finish(auditor.run(asked))


@command(help={
    "check": "нічого не завантажувати й не робити: лише звірити файли шрифтів із замком",
})
def fonts(c: "Context", check: bool = False) -> None:
    """Зробити шрифти теми наново з їхніх пакунків або звірити їх із замком theme/fonts/fonts.toml."""
    from tooling import fonts as theme
    if check:
        problems = theme.check()
        print("\n".join(problems) or "Шрифти ті самі, що в замку.")
        return finish(1 if problems else 0)
    bootstrap.install(bootstrap.TEST_LOCK)
    changed = theme.remake(theme.bring())
    print("\n".join(["Записано наново:", *changed]) if changed else "Вийшли ті самі шрифти, байт у байт.")
    return None


def import_votes(source: Path, tree: "BuildOptions", *, meeting: str, accept: list[str] | None, match: list[str] | None,
                 word: list[str] | None, dry_run: bool, **others: str) -> int:
    refuse_options("votes", others)
    from plugins.votes import imports
    accepted = [name for names in accept or () for name in names.replace(" ", "").split(",") if name]
    problem = imports.wrong_options(accepted, match or (), word or ())
    if problem:
        raise Exit(problem, code=2)
    library = read_records(tree)
    asked = imports.Asked(source, tree.content, meeting, frozenset(accepted), imports.pairs(match or ()),
                          imports.option_words(word or ()), dry_run, tree.cache)
    return imports.run(asked, library, lambda staged: problems_of(tree, staged))


def import_document(source: Path, tree: "BuildOptions", *, kind: str, body: str, number: str, date: str, dry_run: bool,
                    **others: Any) -> int:
    refuse_options("document", others)
    import datetime

    from plugins.editor import imports
    library = read_records(tree)
    problem = imports.wrong_options(kind, body, date, library)
    if problem:
        raise Exit(problem, code=2)
    day = datetime.date.fromisoformat(date) if date else None
    return imports.run(imports.Asked(source, tree.content, kind, body, number, day, dry_run), library)


def make_key(name: str, file: str) -> None:
    """A key for a witness; what the other council copies into its policy is printed."""
    from plugins.audit.checking import witness
    if not file:
        raise Exit("Вкажіть --key: файл, у який записати ключ.", code=3)
    try:
        made = witness.new_key(name, Path(file))
        print(f"witness {made.name} {made.verifier}")
    except witness.NotWitnessed as reason:
        raise Exit(str(reason), code=3) from None


def where(given: str) -> str:
    """A folder, a file or an address as it was given, from where the command was."""
    return given if not given or given.startswith(("https://", "http://")) else str((STARTED_IN / given).resolve())


def ledger_of(folder: Path, made: Any, log: Path | None, salts: Path | None) -> dict[str, bytes]:
    """The tables of terms as they follow from a site's sources, its history and the log: path → bytes."""
    import tempfile
    from types import SimpleNamespace

    from plugins.builder.options import BuildOptions
    from plugins.history.intake import open_past
    from plugins.records import Report
    with tempfile.TemporaryDirectory() as state:
        tree = BuildOptions(folder / "content", folder / "data", folder / "output", as_of=made.day, cold=True,
                            url=made.url or None, state=Path(state), log=log, salts=salts)
        library = read_records(tree)
        library.past = open_past(tree.content, tree.data, tree.cache, tree.name, Report(), cold=True, log=log,
                                 salts=salts)
        from plugins.builder import run
        from plugins.deadlines import write
        library.site_url = run.site_address(tree)
        return {file.path: file.build() for file in write.files(SimpleNamespace(library=library))}


def refuse_options(what: str, others: dict[str, Any]) -> None:
    for name, value in others.items():
        if value:
            raise Exit(f"Параметр --{name.replace('_', '-')} не для «import {what}».", code=2)


def read_records(tree: "BuildOptions") -> Any:
    """The library of a pair of folders as an import needs it; a register with problems ends the command."""
    from plugins.builder import changes, making
    from plugins.records import Report, load_rooms, reset
    reset()
    for room in load_rooms():
        if room.__name__ != "plugins.builder":  # it would connect itself to Pelican
            room.register()
    report = Report()
    library, _ = making.read_library(tree, report, changes.declared_moment(tree), "")
    broken = [finding for finding in report.errors if f"/{tree.data.name}/" in f"/{finding.path}"]
    if broken:
        raise Exit("\n".join([*map(str, broken), "Спершу виправте реєстри: за ними впізнають людей."]), code=1)
    return library


def problems_of(tree: "BuildOptions", staged: Path) -> Any:
    """What `check` says of other content with the same registers, on the same declared day."""
    import dataclasses

    from plugins.builder import changes, run
    from plugins.records.report import Report
    moment, report = changes.declared_moment(tree), Report()
    status = run.run(dataclasses.replace(tree, content=staged, as_of=moment.isoformat() if moment else None), report,
                     only_check=True, quiet=True)
    if status == INTERRUPTED:
        raise KeyboardInterrupt
    if status and not report.errors:  # nobody looked to the end: what was not checked is not written
        raise Exit("Перевірити не вдалося. Нічого не записано.", code=1)
    return report.errors


def pytest_command(only: str, jobs: int, more: list[str]) -> list[str]:
    """What takes longest is named at the end, so that it does not grow unseen; what good tests wrote goes at once."""
    return [sys.executable, "-m", "pytest", "-n", str(jobs), "--durations=15", "--durations-min=2",
            "-o", "tmp_path_retention_policy=failed",
            *(["-k", only] if only else []), *more]


def with_usual_measure(arguments: list[str]) -> list[str]:
    """`bench --years 10` means `bench archive --years 10`: Invoke knows no word that may be left out."""
    named = any(token in (*MEASURES, "--help", "-h") or token.startswith("--what") for token in arguments)
    is_left_out = arguments[:1] == ["bench"] and arguments[1:] and arguments[1].startswith("-") and not named
    return ["bench", MEASURES[0], *arguments[1:]] if is_left_out else arguments


def with_page(arguments: list[str]) -> list[str]:
    """`verify page FILE` means `verify page --file FILE`: Invoke knows no word that may be left out."""
    is_page = arguments[:2] == ["verify", "page"] and arguments[2:] and not arguments[2].startswith("-")
    return [*arguments[:2], "--file", *arguments[2:]] if is_page else arguments


def options(content: str, data: str, output: str, **more: Any) -> "BuildOptions":
    from plugins.builder.options import BuildOptions
    return BuildOptions(content=place(content, "content"), data=place(data, "data"), output=place(output, "output"),
                        **more)


def evidence(log: str, salts: str) -> dict[str, Path]:
    """The folders of the log and of its openings, as far as they are named."""
    named = {name: place(asked, name) for name, asked in (("log", log), ("salts", salts)) if asked}
    for name, folder in named.items():
        if not folder.is_dir():
            raise Exit(f"--{name}: теки «{folder}» немає.", code=2)
    return named


def place(asked: str, usual: str | Path) -> Path:
    """The path that was asked for, from where the command was given, else the usual one of this repository.

    Inside the repository it stays relative to its root, so that messages name files as the editor knows them.
    """
    absolute = (STARTED_IN / asked if asked else ROOT / usual).resolve()
    return absolute.relative_to(ROOT) if absolute.is_relative_to(ROOT) else absolute


def finish(status: int) -> None:
    if status:
        raise Exit(code=status)


INTERRUPTED = 130
"""The status of what the user has stopped."""
IMPORTS: dict[str, Callable[..., int]] = {"votes": import_votes, "document": import_document}
COMMANDS = (build, serve, check, new, import_, log, test, bench, demo, verify, fonts)


def __getattr__(name: str) -> Any:
    """Invoke looks for `namespace`; it is made when somebody asks."""
    if name != "namespace":
        raise AttributeError(name)
    return commands.as_tasks(COMMANDS)


if __name__ == "__main__":
    os.chdir(ROOT)
    entry.end(program.start(COMMANDS, with_page(with_usual_measure(sys.argv[1:]))))
