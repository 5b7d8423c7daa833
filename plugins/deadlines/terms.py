"""The closed lists of the room: what code knows by a word; numbers and norms are data (`data/rules.yml`)."""

from plugins.records import Term


class Outcome(Term):
    """What a check came to (domain note §2). Only the first is success; each is counted apart.

    `UNPROVEN` is how a pass is shown whose day nobody vouches for (`Verdict.shown`).
    """

    PASS = "pass", "Вчасно"
    UNPROVEN = "unproven", "Вчасно, не доведено"
    FAIL = "fail", "Порушено"
    BORDERLINE = "borderline", "На межі"
    EXEMPT = "exempt", "Виняток"
    UNKNOWN = "unknown", "Без доказу"
    PENDING = "pending", "Строк триває"
    NA = "na", "Не застосовно"


WORST_FIRST = (Outcome.FAIL, Outcome.BORDERLINE, Outcome.UNKNOWN, Outcome.EXEMPT, Outcome.PENDING, Outcome.UNPROVEN,
               Outcome.PASS, Outcome.NA)
SETTLED = (Outcome.PASS, Outcome.BORDERLINE, Outcome.FAIL, Outcome.EXEMPT)
"""Outcomes that stay as they are, unless a document is changed."""
JUDGED = (*SETTLED, Outcome.UNPROVEN, Outcome.UNKNOWN)
"""Outcomes whose day has come: what shares are counted of, so that none hides what is not known."""


class Severity(Term):
    """Where a duty comes from."""

    MUST = "must", "обов’язок за законом"
    SHOULD = "should", "добра практика"
    LOCAL = "local", "власне правило громади"


class Concern(Term):
    """Which kind of records a rule judges; the codes are those of the kinds."""

    DRAFT = "draft", "проєкти"
    ACT = "act", "рішення й розпорядження"
    MEETING = "meeting", "засідання"
    VOTE = "vote_event", "голосування"
    PLAN = "regulatory_plan", "плани регуляторної діяльності"
    TRACKING = "tracking_report", "звіти про відстеження"


class Unit(Term):
    """What is counted."""

    WORKING_DAY = "wd", "робочі дні"
    DAY = "cd", "календарні дні"
    MONTH = "month", "місяці"
    YEAR = "year", "роки"


class Direction(Term):
    """On which side of the anchor the limit lies."""

    BEFORE = "before", "не пізніше ніж за стільки до"
    AFTER = "after", "не пізніше ніж через стільки після"
    LASTS = "lasts", "не менше ніж стільки від"


class Reading(Term):
    """How «not later than N days before» is read (domain note §3)."""

    CLEAR = "clear", "стільки повних днів лежить між подіями"
    OFFSET = "offset", "день оприлюднення враховано"


class Point(Term):
    """A moment in the life of a record that terms are counted from or to."""

    PUBLISHED = "published", "оприлюднення документа"
    CHANGED = "changed", "остання зміна тексту по суті"
    CONSIDERED = "considered", "перший розгляд з метою ухвалення"
    FINAL = "final", "останній розгляд з метою ухвалення"
    ADOPTED = "adopted", "ухвалення"
    SIGNED = "signed", "підписання"
    DECIDED = "decided", "підписання або зупинення міським головою"
    SUSPENDED = "suspended", "зупинення міським головою"
    RECONSIDERED = "reconsidered", "повторний розгляд зупиненого рішення"
    APPROVED = "approved", "затвердження плану"
    TRACKED = "tracked", "останній день відстеження"
    EFFECTIVE = "effective", "набрання чинності"
    FORCE = "force", "перший день чинності, названий чи обчислений"
    BUDGET_YEAR = "budget_year", "перший день року, на який ухвалено бюджет"
    BASE_DUE = "base_due", "строк базового відстеження, названий в акті"
    BASE_TRACKED = "base_tracked", "базове відстеження"
    REPEAT_DUE = "repeat_due", "строк повторного відстеження, названий в акті"
    REPEAT_TRACKED = "repeat_tracked", "повторне відстеження"
    NEXT_TRACKED = "next_tracked", "наступне відстеження того самого акта"
    EFFECT_YEAR = "effect_year", "перший день року, з якого діє акт чи план"
    NOTICE = "notice", "оприлюднення повідомлення про засідання"
    AGENDA = "agenda", "оприлюднення порядку денного"
    STARTS = "starts", "початок засідання"
    ENDED = "ended", "кінець засідання"
    HELD = "held", "день засідання"
    NEXT_HELD = "next_held", "наступне засідання того самого органу"
    RECORDING = "recording", "оприлюднення запису"
    RECORDING_KEPT = "recording_kept", "останній день зберігання запису"
    MINUTES = "minutes", "оприлюднення протоколу"
    MINUTES_SIGNED = "minutes_signed", "підписання протоколу"
    VOTED = "voted", "голосування"
    VOTES = "votes", "оприлюднення поіменних результатів"
    REMARKS_OPENED = "remarks_opened", "перший день приймання пропозицій"
    REMARKS_CLOSED = "remarks_closed", "останній день приймання пропозицій"


class Trait(Term):
    """What a record is; a rule says whom it concerns by such words."""

    DECISION = "decision", "рішення"
    ORDER = "order", "розпорядження"
    COUNCIL = "council", "рішення ради"
    EXECUTIVE = "executive", "рішення виконкому"
    NORMATIVE = "normative", "нормативний акт"
    REGULATORY = "regulatory", "регуляторний акт"
    ANNUAL_BUDGET = "annual_budget", "бюджет на рік"
    BASE_STATED = "base_stated", "строк базового відстеження названо в акті"
    REPEAT_STATED = "repeat_stated", "строк повторного відстеження названо в акті"
    REPEAT_REPORT = "repeat_report", "звіт про повторне відстеження"
    PERIODIC_REPORT = "periodic_report", "звіт про періодичне відстеження"
    ENDED_EARLY = "ended_early", "проєкт не дійшов до розгляду"
    PLENARY = "plenary", "пленарне засідання"
    EXECUTIVE_MEETING = "executive_meeting", "засідання виконкому"
    COMMITTEE = "committee", "засідання комісії"
    EXTRAORDINARY = "extraordinary", "позачергове засідання"
    CANCELLED = "cancelled", "засідання не відбулося"
    SECRET = "secret", "таємне голосування"


class Element(Term):
    """What a record must have, where a rule asks for content and not for a day."""

    TITLE = "title", "назва"
    TEXT = "text", "текст"
    INITIATOR = "initiator", "суб’єкт подання"
    UNIT = "unit", "розробник"
    CONTACT = "contact", "контакт розробника"
    BODY = "body", "орган розгляду"
    PLANNED_ON = "planned_on", "день розгляду"
    PUBLISHED_AT = "published_at", "день оприлюднення"
    REGULATORY = "regulatory", "повідомлення про оприлюднення"
    IMPACT_ANALYSIS = "impact_analysis", "аналіз регуляторного впливу"
    VOTES_NOTED = "votes_noted", "пояснення до кожної зміни поіменних результатів"


KNOWN = (
    "draft.lead", "draft.elements", "draft.restart", "act.publish", "act.sign", "act.reconsider",
    "act.dates_shown", "act.effective", "act.localtax", "session.notice", "session.frequency", "session.land",
    "committee.agenda", "minutes.publish", "video.publish", "video.retain", "video.live", "vote.sameday", "vote.keep",
    "reg.plan", "reg.plan_public", "reg.notice", "reg.draft", "reg.ria", "reg.remarks", "reg.publish", "reg.track",
    "reg.base", "reg.repeat", "reg.repeat_early", "reg.periodic", "budget.publish", "budget.adopt",
    "petition", "statute", "property.list", "opendata", "lang.uk", "a11y", "sections")
"""The duties of the domain note §4 by their names; a council's own rules are called `local.…`."""
