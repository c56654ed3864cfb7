"""Who may do what: every command, menu and route. A test tries them all, and the pages of docs/ are made with it."""

from __future__ import annotations

from bot.client.interactions import REPLY
from bot.client.permissions import Permission

ANYONE, MEMBER, MODERATOR, MANAGER = Permission.ANYONE, Permission.MEMBER, Permission.MODERATOR, Permission.MANAGER

COMMANDS = {
    "ask": ANYONE,
    "quote": ANYONE,
    "who": ANYONE,
    "timeline": ANYONE,
    "network": ANYONE,
    "check": ANYONE,
    "sources": ANYONE,
    "help": ANYONE,
    "privacy": ANYONE,
    "suggest": MEMBER,
    "review": MODERATOR,
    "gaps": MODERATOR,
    "article": MODERATOR,
    "keep": MODERATOR,
    "fact add event": MODERATOR,
    "fact add quote": MODERATOR,
    "fact add claim": MODERATOR,
    "fact edit": MODERATOR,
    "fact retract": MODERATOR,
    "fact rating": MODERATOR,
    "fact history": MODERATOR,
    "fact undo": MODERATOR,
    "fact show": MODERATOR,
    "source add": MODERATOR,
    "source edit": MODERATOR,
    "source import": MODERATOR,
    "actor add": MODERATOR,
    "actor edit": MODERATOR,
    "story check": MODERATOR,
    "story import": MODERATOR,
    "story export": MODERATOR,
    "story list": MODERATOR,
    "story draft": MODERATOR,
    "story report": MODERATOR,
    "feed add": MODERATOR,
    "feed list": MODERATOR,
    "feed remove": MODERATOR,
    "settings": MODERATOR,
    "audit": MODERATOR,
    "status": MODERATOR,
}
MENUS = {"Answer this": ANYONE, "Check quotes": ANYONE, "Add as fact": MODERATOR, "Read this article": MODERATOR}
ROUTE_TABLE = {
    REPLY: ANYONE,  # which button of a reply does what for whom is a table of its own in the test
    "cite": ANYONE,
    "cite-as": ANYONE,
    "cite-source": ANYONE,
    "cite-page": ANYONE,
    **dict.fromkeys(("timeline-picture", "timeline-page", "timeline-overview", "network-page", "sides"), ANYONE),
    **dict.fromkeys(("sides-page", "look", "look-alone"), ANYONE),
    "ask-this": ANYONE,
    "helped": ANYONE,
    "unhelpful": ANYONE,
    "privacy": ANYONE,
    "check-next": ANYONE,
    "check-share": ANYONE,
    "privacy-ask": ANYONE,
    **dict.fromkeys(("erase", "erase-sure", "erase-undo"), MANAGER),
    "privacy-delete": ANYONE,
    "follow": MEMBER,
    **dict.fromkeys(
        ("suggest-story", "suggest-open", "suggest-sent", "suggest-who", "suggest-save", "suggest-cancel"), MEMBER
    ),
    "settings-two": MANAGER,
    "settings-roles": MANAGER,
    **dict.fromkeys(
        (
            "fact-sent", "fact-open", "fact-story", "fact-who", "fact-on-top", "fact-cancel", "fact-save", "fact-same",
            "fact-kind", "fact-edit", "fact-back", "fact-retract", "fact-why", "fact-retracted", "fact-close", "fact-history",
            "fact-show", "fact-meant", "fact-new-actor", "describe-open", "describe-sent",
            "claim-review", "rating-open", "rating-sent", "rating-save", "rating-cancel", "take-back", "fact-take-back",
            "source-story", "source-open", "source-sent", "source-on-top", "source-cancel",
            "actor-story", "actor-open", "actor-sent", "actor-on-top", "actor-cancel",
            "article-story", "article-open", "article-sent", "article-cancel", "article-try", "article-pick", "article-accept",
            "article-text-open", "article-text-sent", "article-text-cancel",
            "story-apply", "story-cancel", "sources-apply", "review-open", "approve", "approve-same", "reject",
            "reject-why", "review-edit", "revise-open", "revise-sent", "revise-cancel", "log-undo", "gaps", "gap",
            "story-report", "gap-fact", "gap-add", "gap-dismiss", "gaps-dismiss", "audit", "audit-undo", "undo-sure", "gap-never",
            "keep", "keep-edit", "keep-drop", "keep-skip", "keep-undo", "keep-next", "keep-list", "keep-open", "keep-answer",
            "sentence-open", "sentence-sent",
            "story-lacks", "story-export", "story-check", "sources-story",
            "feeds", "feed-story", "feed-remove", "feed-read", "feed-ignore",
            "settings", "settings-open", "settings-set", "settings-channels", "settings-story", "settings-story-channels",
        ),
        MODERATOR,
    ),
}  # fmt: skip
