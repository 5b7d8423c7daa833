"""The typographer: Ukrainian quotes, apostrophes, dashes, ranges, and spaces at which a line must not break.

Two entries over the same rules: `typeset` for plain text, `typeset_html` for a finished page body; `for_print` adds
what only a printed page needs. All leave addresses, paths and code alone, and give back unchanged what they have set
before. The second runs on every page body and is made for that: markup is cut out in one pass, each rule is one
compiled pattern that begins with a plain character (which Python's engine finds fast), and a rule whose character does
not occur is not asked.
"""

import re
from collections import Counter
from collections.abc import Iterable

from plugins.ukrainian.numbers import NBSP

# Stand-ins for what is cut out while the rules run: control characters that neither text nor HTML may hold.
_TAG, _BLOCK, _BREAK, _SOLID, _ADDRESS = _STAND_INS = "\0\1\2\3\4"

# -- what is left alone ------------------------------------------------------------------------------------------------

_NESTING, _RAW = ("code", "pre", "kbd", "samp", "svg", "math"), ("script", "style", "textarea")
# No search for an end goes past the next beginning of its kind: else markup that is never closed costs its square.
_MARKUP = re.compile(
    "(<(?:"
    + "|".join(
        rf"[{name[0]}{name[0].upper()}](?i:{name[1:]}\b(?:[^<]++|<(?!/?{name}\b))*+</{name}\s*+>)" for name in _RAW
    )
    + r"""|!--(?:[^<-]++|-(?!->)|<(?!!--))*+-->|[a-zA-Z/!][^<>"']*+(?:"[^"]*+"[^<>"']*+|'[^']*+'[^<>"']*+){0,99}+>))"""
)
_NESTING_TAG = re.compile(rf"<(/?)({'|'.join(_NESTING)})\b", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_INLINE = "a abbr b bdi bdo cite data del dfn em font i ins mark q s small span strong sub sup time u var wbr"
_MARKS = dict.fromkeys(_INLINE.split(), _TAG) | dict.fromkeys((*_NESTING, *_RAW, "img"), _SOLID) | {"br": _BREAK}

_CODE = re.compile("(`[^`\n\0-\4]+`)")
_NO_PART_OF_ONE = r"""\s<>«»"„“”\0-\4"""
_ADDRESS_SIGN = re.compile(r"[/@\\]")
_BEGINNING_OF_TOKEN = re.compile(rf"[^{_NO_PART_OF_ONE}]*$")
_END_OF_TOKEN = re.compile(rf"[{_NO_PART_OF_ONE}]|$")
_ADDRESSES = re.compile(
    rf"""\b[a-zA-Z][a-zA-Z0-9+.-]*://[^{_NO_PART_OF_ONE}]+
    | [\w.+'’-]+@[\w-]+(?:\.[\w-]+)+
    | (?<![\w/.\\])(?:[A-Za-z]:\\|\\\\|\.{{0,2}}/(?=\w))[^{_NO_PART_OF_ONE}]+
    | [\w.'’-]+(?:/[\w.'’-]+){{2,}}/?
    | [\w.'’-]+(?:/[\w.'’-]+)+\.[a-z0-9]{{1,5}}\b""",
    re.VERBOSE,
)

# -- quotes ------------------------------------------------------------------------------------------------------------

_QUOTES = '"«»„“”'
_QUOTE_OR_END = re.compile(rf"[{_QUOTES}{_BLOCK}]|\n[ \t]*\n")
_NESTED = re.compile("«[^»]*«")

# -- words and numbers -------------------------------------------------------------------------------------------------

_UPPER, _LOWER = "А-ЯЄІЇҐ", "а-яєіїґ"
_START = r"[\s(«„\[\0\4—…]"
_APOSTROPHE = re.compile(r"['ʼ](?<=[^\W\d_].)(?=[^\W\d_])")
_SIGN_AND_NUMBER = {sign: re.compile(rf"{sign}(?<=[\s(«„\[\0—…№§].)(?=\d)") for sign in "№§"}
_HYPHEN = re.compile(r"-(?:(?=\d)|(?<=\S[ \u00a0]-)-{0,2}(?=[ \u00a0\n]))")  # before a digit, or for a dash
_EN_DASH = re.compile(r"–(?<=\S[ \u00a0]–)(?=[ \u00a0\n])")

_UNITS = (
    r"(?:січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
    r"|рок(?:у|и|ів|ом|ами|ах|ам)|рік|рр?\.|грн|гривень|гривн[іяю]|коп\.|тис\.|млн|млрд|трлн"
    r"|год|годин[аиу]?|хв|хвилин[аиу]?|с|сек|д(?:ень|ня|ні|нів)|діб|доб[аиу]|тиж(?:день|ня|ні|нів)|місяц[іяь]|місяців"
    r"|ос(?:іб|оби|оба)|депутат(?:и|ів|а)?|клас(?:у|и|ів|ах|ам)?|кг|г|т|ц|км|м|см|мм|м²|м³|км²|га|л|мл|кв\.|куб\.|шт\."
    r"|екз\.|кВт|МВт|Вт|Б|КБ|МБ|ГБ|ТБ|°C|°|%|‰|₴|€|\$)(?!\w)"
)
_ROMAN_THINGS = r"(?:ст\.|сесі|скликан|столітт|квартал|категорі|ступен|етап|рівн|розділ)"
# Abbreviations that are nothing without the next word, by length.
_ABBREVIATIONS = (
    ("м", "с", "п", "ч", "т", "о", "к", "н"),
    ("кв", "пл", "ст", "пп", "пр", "гр", "ім", "оф"),
    ("вул", "буд", "бул", "смт", "абз", "рис", "див", "кім", "тел", "пос"),
    ("пров", "корп", "табл", "акад", "проф", "стор"),
    ("просп",),
)

_RANGE_START = re.compile(r"[\s(«„\[\0—](\d{1,2}:\d\d|\d{1,4})$")
_RANGE_END = re.compile(rf"(\d{{1,2}}:\d\d|\d{{1,4}})(?![\w/:@\\-]|[.,]\w)([ \u00a0]?{_UNITS})?")
_OF_A_NUMBER = re.compile(r"(?:№|\bтел\.)[ \u00a0]?\S*$", re.IGNORECASE)
_OF_PLACES = re.compile(
    r"\b(?:(?:ст|пп?|с|стор|ч|абз)\.|(?:статт|пункт|підпункт|сторін|розділ|част)\w+)[ \u00a0]\S*$", re.IGNORECASE
)
_JOINER = "\u2060"
_DASH_OF_A_RANGE = re.compile(rf"(?:(?<=[\d%°IVXLІХ])|(?<=\b[^\W\d_][^\W\d_])){_JOINER}?–{_JOINER}?(?=[^\s{_JOINER}])")
_HYPHEN_OF_A_NUMBER = re.compile(rf"(?<=\d)-{_JOINER}?(?=[{_LOWER}]{{1,3}}(?!\w))")
_NOUN_OF_A_NUMBER = re.compile(
    r"\b((?:додат(?:ок|к\w{1,3})|(?:під)?пункт\w{0,4}|статт\w{1,4}|статей|частин\w{0,3}|абзац\w{0,4}|розділ\w{0,4}"
    r"|глав\w{1,3}|таблиц\w{1,4})) (?=\d)",
    re.IGNORECASE,
)
_NEAR, _FAR = 24, 80  # how many characters back a rule looks


def _unbreakable(space: str, condition: str = "") -> re.Pattern[str]:
    """The pattern of a space (or a line end, where that is one) at which the line must not break; `~` stands for it."""
    abbreviations = "|".join(
        rf"(?<={_START}(?:{'|'.join(words if size == 1 else (*words, *(word.capitalize() for word in words)))})\.~)"
        for size, words in enumerate(_ABBREVIATIONS, start=1)
    )
    initial = rf"[{_UPPER}]\."
    # Most spaces match nothing: the letters before and after are looked at once for all rules that need them.
    rules = rf"""~{condition}(?:
        (?<={_START}[{_UPPER}{_LOWER}]~)(?<![бж]~)                  # after words of one letter
      | (?<={_START}[{_UPPER}{_LOWER}][{_LOWER}]~)(?<!би~)(?<!же~)  # and of two
      | (?=[—бжг{_UPPER}])(?:
            (?=—)
          | (?=(?:[бж]|би|же)(?!\w))                                # particles lean on the word before them
          | (?=грн)(?:(?<=млн~)|(?<=млрд~))
          | (?<=[{_LOWER}]~)(?={initial}[\x20\u00a0]?{initial}(?![\x20\u00a0][{_UPPER}][{_LOWER}’])))  # Левченко І. Г.
      | (?<=[\d.№§IVXLІХ]~)(?:
            (?<=\d~)(?:(?={_UNITS})|(?=\d{{3}}(?!\d))(?:(?<=\D\d~)|(?<=\D\d\d~)|(?<=\D\d\d\d~)))
          | (?<=[№§]~)
          | (?<=[IVXLІХ]~)(?={_ROMAN_THINGS})
          | {abbreviations}
          | (?<={_START}[вВ]\.~)(?=о\.)                             # в. о., т. в. о.
          | (?<=тис\.~)(?=грн|осіб|примірн)
          | (?<=[\s(«\0.]{initial}~)(?=[{_UPPER}]))                 # І. Г. Левченко
    )"""
    return re.compile(rules.replace("~", space), re.VERBOSE)


_SPACE = _unbreakable(r"\x20")
# A blank line stays one; so does a rule, or a point of a list.
_LINE_END = _unbreakable(r"\n", condition=r"(?<=\S\n)(?![\x20\t]*(?:\n|-))")


def typeset(text: str) -> str:
    """The plain text as it is printed; a blank line ends a paragraph, line ends stay.

    "…" → «…» with „…“ inside; ' and ʼ in words → ’; a hyphen between spaces → —; 10-12 березня → 10–12; no-break
    spaces after words of one and two letters, after №, §, м., вул. and their like, between a number and its unit,
    between initials and surname, before a dash. Addresses, paths and `code` stay.
    """
    pieces = _CODE.split(_clean(text))
    text, addresses = _without_addresses(_SOLID.join(pieces[::2]))
    if _has_quotes_to_set(text):
        text = _with_quotes(text)
    pieces[::2] = _with_addresses(_with_rules(text), addresses).split(_SOLID)
    return "".join(pieces)


def typeset_html(html: str) -> str:
    """The HTML with its text set as by `typeset`; tags, comments and elements such as code and script stay.

    Quotes may span inline tags, not blocks; line ends are spaces. `&nbsp;` and entities of quotes become characters.
    """
    pieces = _MARKUP.split(_clean(html))
    if _NESTING_TAG.search("".join(pieces[1::2])):
        pieces = _with_whole_elements(pieces)
    text = _TAG.join(pieces[::2])
    if "&" in text:
        text = _without_entities(text)
    text, addresses = _without_addresses(text)
    if _has_quotes_to_set(text):
        text = _with_quotes(_marked(text, pieces[1::2]))
        text = text.replace(_BLOCK, _TAG).replace(_BREAK, _TAG).replace(_SOLID, _TAG)
    text = _with_rules(text)
    if "\n" in text:
        text = _LINE_END.sub(NBSP, _TAG + text)[1:]
    pieces[::2] = _with_addresses(text, addresses).split(_TAG)
    return "".join(pieces)


def for_print(text: str) -> str:
    """The set text with word joiners (U+2060) where a line of a printed page would break and must not.

    Around the en dash of a range («10–15», «VIII–IX», «Пн–Пт») and after the hyphen of a number («23-тя», «540-рв»);
    and with no-break spaces where a number tells which one («пункту 5», «додаток 2»). For PDF and pictures only: on
    pages, joiners would hide the words from whoever searches or copies them. Addresses, paths and `code` stay; what has
    joiners is left as it is.
    """
    pieces = _CODE.split(_clean(text))
    text, addresses = _without_addresses(_SOLID.join(pieces[::2]))
    text = _NOUN_OF_A_NUMBER.sub(rf"\1{NBSP}", text)
    text = _HYPHEN_OF_A_NUMBER.sub(f"-{_JOINER}", _DASH_OF_A_RANGE.sub(f"{_JOINER}–{_JOINER}", text))
    pieces[::2] = _with_addresses(text, addresses).split(_SOLID)
    return "".join(pieces)


def _with_whole_elements(pieces: list[str]) -> list[str]:
    """Text and markup by turns, where an element such as code is one piece of markup, the outermost of nested ones."""
    opened: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    ends: dict[int, int] = {}
    for index in range(1, len(pieces), 2):
        tag = _NESTING_TAG.match(pieces[index])
        if not tag or pieces[index].endswith("/>"):
            continue
        name = tag[2].lower()
        if not tag[1]:
            opened.append((name, index))
            waiting[name] += 1
        elif waiting[name]:
            other = ""
            while other != name:
                other, start = opened.pop()
                waiting[other] -= 1
            ends[start] = index
    joined: list[str] = []
    done = -1
    for index, piece in enumerate(pieces):
        if index > done:
            done = ends.get(index, index)
            joined.append("".join(pieces[index : done + 1]) if done > index else piece)
    return joined


_ENTITIES = {
    "&nbsp;": NBSP, "&#160;": NBSP, "&#xA0;": NBSP, "&quot;": '"', "&#34;": '"', "&#39;": "'", "&#x27;": "'",
    "&apos;": "'", "&laquo;": "«", "&raquo;": "»", "&mdash;": "—", "&ndash;": "–",
}  # fmt: skip


def _clean(text: str) -> str:
    """The text without the characters that serve as stand-ins."""
    for stand_in in _STAND_INS:
        if stand_in in text:
            text = text.replace(stand_in, "")
    return text


def _without_entities(text: str) -> str:
    for entity, character in _ENTITIES.items():
        if entity in text:
            text = text.replace(entity, character)
    return text


def _without_addresses(text: str) -> tuple[str, list[str]]:
    """The text with a stand-in for each address and path, and what was cut out."""
    if "/" not in text and "@" not in text and "\\" not in text:
        return text, []
    kept: list[str] = []
    cut: list[str] = []
    copied = seen = 0
    for sign in _ADDRESS_SIGN.finditer(text):
        if sign.start() < seen:
            continue
        token = _BEGINNING_OF_TOKEN.search(text, max(seen, sign.start() - _FAR), sign.start())
        seen = (_END_OF_TOKEN.search(text, sign.start()) or sign).start()
        for address in _ADDRESSES.finditer(text, token.start() if token else sign.start(), seen):
            kept.append(text[copied : address.start()])
            cut.append(address[0])
            copied = address.end()
    return _ADDRESS.join([*kept, text[copied:]]), cut


def _with_addresses(text: str, addresses: list[str]) -> str:
    if not addresses:
        return text
    pieces = text.split(_ADDRESS)
    return pieces[0] + "".join(address + piece for address, piece in zip(addresses, pieces[1:], strict=True))


def _marked(text: str, markup: Iterable[str]) -> str:
    """The text with stand-ins that tell blocks, line breaks and solid things from inline tags."""
    first, *rest = text.split(_TAG)
    return first + "".join(_mark(tag) + piece for tag, piece in zip(markup, rest, strict=True))


def _mark(tag: str) -> str:
    name = _TAG_NAME.match(tag)
    return _MARKS.get(name[1].lower(), _BLOCK) if name else _TAG


def _has_quotes_to_set(text: str) -> bool:
    """Whether there are quotes other than «…» without any inside."""
    return '"' in text or "“" in text or "„" in text or "”" in text or _NESTED.search(text) is not None


def _with_quotes(text: str) -> str:
    """The text with each pair of quotes as «…», and „…“ within a pair; what has no partner stays as it is."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in _QUOTE_OR_END.finditer(text):
        quote, place = found[0], found.start()
        if quote not in _QUOTES:
            opened.clear()
        elif _opens(text, place, text[opened[-1]] if opened else ""):
            opened.append(place)
        elif opened and not _is_inch(text, place, opened[-1]):
            pairs.append((opened.pop(), place))
    pieces: list[str] = []
    copied = depth = 0
    for place, is_start in sorted((place, place == start) for start, end in pairs for place in (start, end)):
        depth -= not is_start
        pieces += text[copied:place], ("«„" if is_start else "»“")[depth % 2]
        depth += is_start
        copied = place + 1
    return "".join(pieces) + text[copied:]


def _opens(text: str, place: int, last_opened: str) -> bool:
    """Whether the quote opens: by its shape, else because it stands before a word and after none.

    “ closes „ and opens in English; ” closes whatever is open. What is told here must stay so when the text is set
    again, hence quotes and inline tags beside the quote are looked through.
    """
    quote = text[place]
    if quote in "«„»":
        return quote != "»"
    if (quote == "“" and last_opened == "„") or (quote == "”" and last_opened):
        return False
    before, after = place - 1, place + 1
    while before >= max(0, place - _FAR) and (text[before] in _QUOTES or text[before] == _TAG):
        before -= 1
    while after < min(len(text), place + _FAR) and (text[after] in _QUOTES or text[after] == _TAG):
        after += 1
    follows_none = before < 0 or text[before].isspace() or text[before] in "([{—–-/" + _BLOCK + _BREAK
    precedes_one = after < len(text) and not text[after].isspace() and text[after] not in _BLOCK + _BREAK
    return follows_none and precedes_one


def _is_inch(text: str, place: int, opened: int) -> bool:
    """Whether the straight quote after a digit is an inch: the open pair has closing quotes of its own."""
    return text[place] == '"' and text[place - 1].isdigit() and text[opened] in "«„"


def _with_rules(text: str) -> str:
    """The text with all rules but quotes."""
    # The stand-in before the first word lets the rules look back one letter everywhere.
    text = _TAG + text
    if "'" in text or "ʼ" in text:
        text = _APOSTROPHE.sub("’", text)
    for sign, pattern in _SIGN_AND_NUMBER.items():
        if sign in text:
            text = pattern.sub(sign + NBSP, text)
    if "–" in text:
        text = _EN_DASH.sub("—", text)
    if "-" in text:
        text = _HYPHEN.sub(_dash, text)
    return _SPACE.sub(NBSP, text)[1:]


def _dash(hyphen: re.Match[str]) -> str:
    """A dash between spaces; an en dash in ranges; else the hyphen.

    Ranges are two times, two years, two numbers before a unit or after «ст.», «пункти». Numbers of documents,
    telephones and dates by digits are none.
    """
    text, place = hyphen.string, hyphen.start()
    if text[hyphen.end()].isspace():
        return "—"
    before = text[max(0, place - _NEAR) : place]
    start, end = _RANGE_START.search(before), _RANGE_END.match(text, place + 1)
    if not start or not end or _OF_A_NUMBER.search(before):
        return "-"
    first, last = start[1], end[1]
    if ":" in first or ":" in last:
        return "–" if ":" in first and ":" in last else "-"
    are_years = len(first) == len(last) == 4 and first[:2] in ("19", "20") and last[:2] in ("19", "20")
    is_range = int(first) < int(last) and (are_years or end[2] or _OF_PLACES.search(before))
    return "–" if is_range else "-"
