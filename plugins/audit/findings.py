"""What checks of an auditor find, and the exit status that follows.

A finding has a stable code: of `proof.faults.FAULTS`, or one of `CODES` below. It is said in Ukrainian and in English.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from plugins.proof.faults import FAULTS, Fault

FINE, TAMPERING, LACKING, COULD_NOT = 0, 1, 2, 3
"""Exit statuses: all is well; something was tampered with; there is too little evidence; the check could not run."""
LONGEST = 200
MOST = 20
"""How many findings of one code are named one by one."""
CODES: dict[str, tuple[str, str]] = {
    "unreadable": ("файл не читається або сервер його не дав", "a file cannot be read, or the server did not give it"),
    # the log
    "log-missing": ("сайт не має журналу оприлюднень: перевіряти нічим",
                    "the site has no log of publications: there is nothing to check with"),
    "log-gone": ("журнал був, і його більше немає", "there was a log, and it is gone"),
    "policy-missing": ("немає правил довіри: невідомо, чиїм підписам вірити",
                       "there is no trust policy: nobody knows whose signatures to believe"),
    "policy-from-site": ("правила довіри взято з того самого сайту: перевірено лише, що сайт не суперечить сам собі. "
                         "Дайте свою копію: --policy, або пам’ять попередніх перевірок: --state",
                         "the trust policy was taken from the site itself: this shows only that the site does not "
                         "contradict itself. Give your own copy (--policy) or your memory (--state)"),
    "policy-followed": ("правила довіри змінено належно: зміну посвідчено за попередніми правилами. Оновіть свою копію",
                        "the trust policy was changed in due form: the old policy vouches for the new one. Update "
                        "your copy"),
    "policy-weaker": ("нові правила довіри обходяться без свідків, яким ви вірили, або просять їх менше. Спитайте раду "
                      "іншим шляхом і дайте власну нову копію: --policy",
                      "the new trust policy can do without the witnesses that you believed, or asks fewer of them. Ask "
                      "the council in another way and give your own new copy: --policy"),
    "policy-waits": ("нові правила довіри свідки попередніх правил ще не посвідчили",
                     "the witnesses of the old trust policy have not vouched for the new one yet"),
    "policy-swapped": ("правила довіри на сайті не ті, що записано в журналі",
                       "the trust policy of the site is not the one that the log knows"),
    "no-witnesses": ("за правилами свідків немає: за журнал ручається лише сама рада",
                     "the policy asks no witness: only the council itself vouches for its log"),
    "unwitnessed": ("найновіші записи ще чекають на свідків", "the newest entries still wait for witnesses"),
    "stale": ("свідки давно не бачили журналу: показане може бути старим",
              "no witness has seen the log for long: what is shown may be old"),
    "future": ("час свідка ще не настав: звірте свій годинник", "the witness's time lies ahead: check your clock"),
    "clock": ("час оприлюднення в журналі суперечить іншим записам або свідкам",
              "a time of publication contradicts other entries or witnesses"),
    "kept-missing": ("давнішої контрольної точки немає: час тих записів довести нічим",
                     "an earlier checkpoint is missing: nothing proves the time of those entries"),
    "anchor-missing": ("позначки часу, яку названо в журналі, немає", "a time stamp that the log names is missing"),
    "anchor": ("позначка часу не та, яку записано в журналі", "a time stamp is not the one that the log has"),
    "stamp-unverified": ("позначка часу є, але перевірити її тут нічим",
                         "there is a time stamp, but nothing to verify it with here"),
    "first-time": ("це перша перевірка: пам’яті ще немає, тож порівняти нема з чим",
                   "this is the first check: there is no memory yet to compare with"),
    "no-memory": ("пам’яті немає (--state): переписаний журнал із тими самими свідками не викрити",
                  "no memory was kept (--state): a log rewritten together with its witnesses would not show"),
    # the repository
    "shallow": ("копія репозиторію неповна: зробіть повну (git clone без --depth і без --filter)",
                "the copy of the repository is incomplete: make a full one (git clone without --depth and --filter)"),
    "replaced": ("у репозиторії минуле підмінено (git replace або grafts)",
                 "the past is replaced in this repository (git replace or grafts)"),
    "incomplete": ("у репозиторії бракує вмісту, потрібного для перевірки",
                   "the repository lacks contents that the check needs"),
    "opening-missing": ("запис журналу нічим розкрити, а про вилучення не оголошено",
                        "an entry of the log cannot be opened, and no redaction was declared"),
    "opening": ("розкриття не від цього запису журналу", "an opening is not of this entry of the log"),
    "content": ("текст у репозиторії не той, що записано в журналі", "a text of the repository is not the logged one"),
    "behind": ("ваша копія сховища старша за журнал: оновіть її (git pull). Якщо комітів немає й тоді, їх прибрали",
               "your copy of the repository is older than the log: update it (git pull). If commits are missing even "
               "then, somebody removed them"),
    "force-push": ("коміт, записаний у журналі, зник із гілки: історію переписано",
                   "a logged commit is no longer on the branch: history was rewritten"),
    "rewritten": ("історію переписано після оголошення: звірте командою verify rewrite",
                  "history was rewritten after a declaration: compare with verify rewrite"),
    "rewrite-for-nothing": ("оголошено, що історію переписано, а що з неї вилучено, не названо",
                            "a rewrite of the history is declared, and not what was taken out of it"),
    "unlogged": ("зміну оприлюдненого не записано в журнал", "a change of what is public is not in the log"),
    "not-yet-logged": ("найновіших змін у журналі ще немає", "the newest changes are not in the log yet"),
    "vanished": ("документ зник без повідомлення про зняття", "a document is gone without a notice of withdrawal"),
    "hidden": ("оприлюднений документ сховано: нова редакція чекає пізнішого дня або документ опинився в теці іншого",
               "a published document was hidden: a new revision waits for a later day, or it lies in another's folder "
               "now"),
    "elsewhere": ("редакцію записано в журнал не за тим документом, чий це файл",
                  "a revision is in the log as another document's than the one whose file it is"),
    "link": ("замість файлу — посилання на інше місце: журнал посвідчує посилання, а не те, що за ним",
             "a link in the stead of a file: the log vouches for the link, not for what it leads to"),
    "loose": ("файл лежить поза теками документів: журнал про нього не каже, доки його не змінять",
              "a file outside of the documents' folders: the log says nothing of it until it changes"),
    "aside": ("записані в журнал коміти стоять у злитті другими: гілки злито навпаки, і доки так, історії не "
              "перевірити. Тексти документів ті самі",
              "logged commits stand second in a merge: branches were merged the wrong way round, and history cannot be "
              "checked until that is mended. The texts of the documents are the same"),
    "text-hidden": ("текст редакції на сайті сховано, а в журналі вилучення немає: сам текст є в сховищі",
                    "the site does not show the text of a revision, and the log knows of no redaction: the text is in "
                    "the repository"),
    "redaction-row": ("журнал оголошує вилучення, а в data/redactions.yml рядка про нього немає: його прибрано або не "
                      "було, а сам текст є в сховищі",
                      "the log declares a redaction, and data/redactions.yml has no row of it: it was taken away or "
                      "never there, and the text is in the repository"),
    "kind": ("запис журналу каже про документ не те, що документ каже сам: чинний він чи знятий",
             "an entry of the log says another thing than the document itself: whether it stands or is withdrawn"),
    "renamed": ("документ має тепер іншу назву, його редакції записано й під нею",
                "a document has another name now; its revisions are in the log under that one too"),
    "two-documents": ("той самий файл записано в журнал як інший документ",
                      "the same file is in the log as another document"),
    "wrong-order": ("коміти стоять не в тому порядку, що записи журналу",
                    "commits are in another order than the entries of the log"),
    "policy-rollback": ("повернуто старі правила чи список підписантів", "an old policy or list of signers came back"),
    "policy-bytes": ("файл правил не той, що записано в журналі", "a policy file is not the logged one"),
    "deployment-gone": ("записи про викладення вилучено: доказів стало менше",
                        "records of deployments were removed: there is less evidence now"),
    "deployment-late": ("запис про викладення з’явився значно пізніше за час, який у ньому стоїть",
                        "a record of a deployment came long after the time that it states"),
    "redacted": ("вилучено за оголошенням", "redacted, as declared"),
    "waits": ("документ чекає свого дня і ще не оприлюднений", "a document waits for its day and is not public yet"),
    "passing": ("файл з’явився і зник між двома оприлюдненнями", "a file came and went between two publications"),
    # the site
    "build-missing": ("у журналі немає жодної побудови сайту", "the log has no build of the site"),
    "build-late": ("після останньої записаної побудови в журналі є новіші зміни",
                   "the log has changes newer than its last build"),
    "build-facts": ("відомості про побудову не ті, що записано в журналі",
                    "facts of the build are not the logged ones"),
    "manifest-missing": ("на сайті немає переліку файлів", "the site has no list of its files"),
    "manifest": ("перелік файлів сайту не той, що записано в журналі", "the list of files is not the logged one"),
    "not-logged": ("перелік файлів ніким не посвідчено: хто змінить файл, змінить і перелік",
                   "nobody vouches for the list of files: whoever alters a file alters the list too"),
    "page-altered": ("файл сайту змінено після побудови", "a file of the site was altered after the build"),
    "page-removed": ("файл сайту вилучено після побудови", "a file of the site was removed after the build"),
    "page-diverted": ("сервер веде читача сторінки деінде або показує її з чужим стилем",
                      "the server leads the reader of a page elsewhere, or shows it in a style of somebody else"),
    "page-added": ("на сайті є файл, якого побудова не робила", "the site has a file that no build made"),
    "page-proof": ("доказ не від такого файлу: його змінено або доказ від іншого",
                   "the proof is not of such a file: it was altered, or the proof is of another"),
    "page-unwitnessed": ("файл саме такий, який записано в журналі, але запису ще не бачили свідки: складіть доказ "
                         "наново за кілька годин",
                         "the file is exactly the logged one, but witnesses have not seen the entry yet: make the "
                         "proof again in a few hours"),
    "page-proven": ("файл саме такий, який записано в журналі", "the file is exactly the logged one"),
    "page-address": ("доказ від сторінки з іншою адресою", "the proof is of a page at another address"),
    "pages-unlisted": ("зайвих файлів за адресою не видно: перевірте копію сайту в теці",
                       "files that nobody listed cannot be seen at an address: check a copy in a folder"),
    # the rebuild
    "only-here": ("файл є лише у власній побудові", "a file is only in your own build"),
    "only-there": ("файл є лише на сайті", "a file is only on the site"),
    "differs": ("файл сайту не такий, як у власній побудові", "a file of the site differs from your own build"),
    "build-failed": ("побудувати сайт із цього коміту не вдалося", "the site could not be built of this commit"),
    "other-build": ("власна побудова не дає кореня, записаного в журналі",
                    "your own build does not make the root in the log"),
    "other-engine": ("сайт зробила інша версія програми: висновки могли вийти інші",
                     "another version of the program made the site: verdicts may differ because of that"),
    "rebuilt": ("побудовано наново, байт у байт", "rebuilt, byte for byte"),
    # the deadlines
    "verdict": ("висновок про строк не такий, як виходить із документів і журналу",
                "a verdict on a term differs from what documents and log give"),
    "ledger-missing": ("на сайті немає таблиці строків", "the site has no table of terms"),
    "grade-d": ("висновки спираються лише на дату коміту чи слова редактора: це не доказ",
                "verdicts rest on nothing but a commit's date or an editor's word: that proves nothing"),
    "unproven": ("строк названо дотриманим без доказу часу", "a term is called kept without evidence of time"),
}
"""Code → what it says, in Ukrainian and in English."""


class Weight(IntEnum):
    """How bad a finding is; each is the exit status that it asks for."""

    NOTE = FINE
    TAMPERING = TAMPERING
    LACKING = LACKING


@dataclass(frozen=True)
class Finding:
    """`check`: which check says it (`log`, `page`, …); `where`: what it is about: an address, a document, a commit.

    Both `where` and `detail` may quote what somebody else wrote: they are made fit to be shown.
    """

    check: str
    code: str
    weight: Weight
    where: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES and self.code not in FAULTS:
            raise ValueError(self.code)
        for name in ("where", "detail"):
            object.__setattr__(self, name, shown(getattr(self, name)))

    def said(self, language: str) -> str:
        """The finding in one sentence, `uk` or `en`."""
        words = (CODES.get(self.code) or FAULTS[self.code])[0 if language == "uk" else 1]
        return f"{words} ({self.detail})" if self.detail else words


@dataclass
class Told:
    """Findings of one check as they come: of each code the first ones are named, then how many more there are."""

    check: str
    found: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, Weight]] = field(default_factory=Counter)

    def say(self, code: str, where: str = "", detail: str = "", weight: Weight = Weight.TAMPERING) -> None:
        self.counts[code, weight] += 1
        if self.counts[code, weight] <= MOST:
            self.found.append(Finding(self.check, code, weight, where, detail))

    def fault(self, fault: Fault, where: str = "", weight: Weight = Weight.TAMPERING) -> None:
        self.say(fault.code, where, fault.detail, weight)

    @property
    def all(self) -> list[Finding]:
        more = [Finding(self.check, code, weight, f"+{count - MOST}")
                for (code, weight), count in self.counts.items() if count > MOST]
        return [*self.found, *more]


def of_fault(check: str, fault: Fault, where: str = "", weight: Weight = Weight.TAMPERING) -> Finding:
    """What the core refused, as a finding."""
    return Finding(check, fault.code, weight, where, fault.detail)


def shown(text: str) -> str:
    """A text of somebody else: short, and without control characters."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(one if one.isprintable() else "\ufffd" for one in cut)


def status_of(findings: Iterable[Finding]) -> int:
    """Tampering outweighs everything; then too little evidence."""
    weights = {one.weight for one in findings}
    return TAMPERING if Weight.TAMPERING in weights else LACKING if Weight.LACKING in weights else FINE
