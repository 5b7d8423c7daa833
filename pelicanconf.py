"""Settings, one a line; the rooms in the order of the data flow."""

from jinja2 import StrictUndefined

PLUGINS = [
    "plugins.ukrainian",
    "plugins.records",
    "plugins.builder",
    "plugins.media",
    "plugins.documents",
    "plugins.people",
    "plugins.pages",
    "plugins.news",
    "plugins.acts",
    "plugins.meetings",
    "plugins.votes",
    "plugins.reports",
    "plugins.places",
    "plugins.greetings",
    "plugins.events",
    "plugins.proof",
    "plugins.history",
    "plugins.deadlines",
    "plugins.search",
    "plugins.open_data",
    "plugins.editor",
    "plugins.audit",
    "plugins.site",
]
SITENAME = "Прозора рада"
TIMEZONE = "Europe/Kyiv"
DEFAULT_LANG = "uk"
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TYPOGRIFY = False
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
