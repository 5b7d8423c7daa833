"""The auditor's kit: whom to believe and what to type, in one archive; the tool itself is the site's own repository.

Whoever took the kit once compares all later ones with it: what came with the site today proves nothing against whoever
controls the site today.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from plugins.history.model import LogShown

from .pages import commands_of

EPOCH = (1980, 1, 1, 0, 0, 0)
FILE_MODE = 0o100644 << 16
READ_UK = """# Набір для перевірки: {name}

Цим набором кожен може перевірити, що {name} не змінює, не датує заднім числом і не вилучає оприлюднене.

- `pravyla` — правила довіри: ключі журналу, свідки, скільки свідків мусять погодитися (формат C2SP tlog-policy);
- `svidky.txt` — ключі свідків, по одному в рядку: звірте їх із тим, що кажуть самі свідки;
- `allowed_signers` — хто підписує зміни в документах (формат ssh-keygen).

Збережіть набір у себе. Вірте тому, який взяли давно або отримали не з цього сайту: хто керує сайтом сьогодні, той
покладе на нього і власні правила.

## Що потрібно

Python 3.11 і git. Програма перевірки лежить у сховищі сайту: {source}
Перед кожною перевіркою оновіть свою копію сховища: git pull.

## Команди

Розпакуйте набір у теці програми: команди шукають у ній теку `perevirka`.

Увесь сайт, з пам’яттю від перевірки до перевірки:

    {all}

Одна сторінка, без мережі:

    {save}
    {proof}
    {page}

Побудувати сайт наново й порівняти кожен байт (це виконує програму з репозиторію):

    {rebuild}

## Відповіді

| Статус | Що значить |
|---|---|
| 0 | підробок не видно |
| 1 | є ознаки підробки: збережіть звіт і копію сайту |
| 2 | доказів замало |
| 3 | перевірити не вдалося |

Підробку видно, але завадити їй цей набір не може. Чого довести не можна — на сторінці {site}/prozorist/yak-pereviryty/
"""
READ_EN = """# Auditor's kit: {name}

With this kit anybody can check that {name} does not alter, backdate or remove what it has published.

- `pravyla` — the trust policy: keys of the log, witnesses, quorum (C2SP tlog-policy);
- `svidky.txt` — the witnesses' keys, one a line: compare them with what the witnesses themselves say;
- `allowed_signers` — who signs changes of documents (ssh-keygen's format).

Keep the kit. Believe the one that you took long ago, or got from elsewhere: whoever controls the site today can put
their own policy there.

## What you need

Python 3.11 and git. The program is the site's own repository: {source}
Update your copy of it before each check: git pull.

## Commands

Unpack the kit in the program's folder: the commands look for the folder `perevirka` in it.

The whole site, remembering what was seen (`--lang en` for a report in English, `--json` for programs):

    {all}

One page, offline:

    {save}
    {proof}
    {page}

Build the site again and compare every byte (this runs the program of the repository):

    {rebuild}

## Answers

| Status | Meaning |
|---|---|
| 0 | no tampering shows |
| 1 | signs of tampering: keep the report and a copy of the site |
| 2 | not enough evidence |
| 3 | the check could not run |

Tampering becomes evident; nothing here can prevent it. What cannot be proven: {site}/prozorist/yak-pereviryty/
"""


def kit(log: LogShown, name: str, site: str, source: str) -> bytes:
    """The archive: the same bytes for the same values."""
    told = commands_of(site, source) | {"name": name, "site": site, "source": source or "—"}
    witnesses = [line.split()[2] for line in log.policy.split("\n") if line.startswith("witness ")]
    return _zip({
        "README.uk.md": READ_UK.format(**told), "README.en.md": READ_EN.format(**told), "pravyla": log.policy,
        "svidky.txt": "".join(f"{one}\n" for one in witnesses), "allowed_signers": log.signers})


def _zip(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in sorted(files.items()):
            info = zipfile.ZipInfo(f"perevirka/{name}", EPOCH)
            info.create_system, info.external_attr = 3, FILE_MODE
            archive.writestr(info, text.encode())
    return out.getvalue()
