"""Words that say nothing alone: a search skips them while others remain.

«не», «ні» and «без» are among them: nearly every long page has them, so that to demand them would only drop short
pages, and what a question denies («не працює ліфт») stands in other words on the page that answers it. So is «за»,
though it names a vote: as a preposition it is everywhere. «проти» and numbers are not: people look for them. Phrases
in quotes keep all their words.
"""

from __future__ import annotations

from .words import word_key

PREPOSITIONS = """
    без біля в від для до за з зі зо із крім між на над о об од окрім перед під після по поза понад при про серед у
    через щодо
"""
CONJUNCTIONS = """
    а або але бо же ж і й ніж проте та також то тобто тож хоч хоча чи щоб якщо
"""
PARTICLES = """
    б би лише навіть не ні ось от саме тільки хай це
"""
QUESTIONS = """
    де звідки коли котрий котра куди кому навіщо скільки хто чий чим чого чому що як який яка яке якої якого якій якому
    яку яким які яких
"""
PRONOUNS = """
    я мені мене ми нам нас ти ви вам вас він вона воно вони його йому її їй їх їм себе собі
    мій моя моє мої наш наша наше наші ваш ваша ваше ваші свій своя своє свої
    той того тому тих тим ті цей ця цього цьому цієї цю ці цих так такий така таке такі там тут весь вся все всі всіх
"""
AUXILIARIES = """
    бути буде будуть був була було були є
"""

FUNCTION_WORDS = frozenset(
    word_key(word)
    for words in (PREPOSITIONS, CONJUNCTIONS, PARTICLES, QUESTIONS, PRONOUNS, AUXILIARIES) for word in words.split())
"""Their keys (`word_key`)."""
