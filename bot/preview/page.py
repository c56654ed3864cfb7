"""The page of the preview: simcord's, which puts what a visitor asked and what the bot answered out of sight, mended.

Needs simcord, which only the ``preview`` extra installs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from simcord.preview._server import PreviewServer

_FOLDER = Path(__file__).parent
_STYLE, _SCRIPT = '<link rel="stylesheet" href="/preview.css">', '<script type="module" src="/app.js"></script>'
_KEY = "autocompleteKey(currentDraft(), option.name, current)"
_CHOICES = f"const choices = autocompleteResults.get({_KEY}) || [];"
_LOADING = 'autocomplete.state === "loading" && autocomplete.option === draft?.focused'
_ENTERED = """          context();
          if (option.type === "boolean" || option.choices?.length) {"""

CHANGES = {
    "/": (
        ("<title>SimCord Preview</title>", "<title>Footnote preview</title>"),
        ('aria-label="SimCord preview"', 'aria-label="Footnote preview"'),
        ('<span class="brand-mark" aria-hidden="true">S</span>', '<span class="brand-mark" aria-hidden="true">F</span>'),
        ("<strong>SimCord</strong>", "<strong>Footnote</strong>"),
        (_STYLE, f'{_STYLE}\n    <link rel="stylesheet" href="/footnote.css">'),
        (_SCRIPT, f'{_SCRIPT}\n    <script type="module" src="/footnote.js"></script>'),
    ),
    # A field asks for its choices when it is entered, not only when something is typed into it.
    "/commands.js": (
        (_CHOICES, f"if (!autocompleteResults.has({_KEY})) queryAutocomplete(option, current);\n            {_CHOICES}"),
        ('"No options match"', f'({_LOADING} ? "Loading options" : "No options match")'),
        # A choice is shown by its name, as in Discord, not by the value that the bot gets.
        ('String(value?.raw ?? "");', 'String(value?.label ?? value?.raw ?? "");'),
        # Enter sends a command as soon as it has what it needs: the list of what was chosen does not open again, the first of
        # the options that may be left out is not chosen by it, and what was chosen with the mouse leaves the keyboard there.
        (_ENTERED, _ENTERED.replace("if", "if (currentDraft().values[option.name]?.label) clearPopup();\n          else if")),
        ("if (listItems.length) suggestionListbox", "if (listItems.length && !optional) suggestionListbox"),
        ("renderCompose({ focus: Boolean(next) });", "renderCompose({ focus: true });"),
        # What an option is for stands beside its name.
        ('"command-suggestion-ellipsis", "…"', '"command-suggestion-meta", value.description || ""'),
    ),
}
"""What is replaced by what in the files of simcord's page, by their paths; what another simcord does not have stays as it is."""


class PageServer(PreviewServer):
    """Serves simcord's page with our changes, script and style; each page opens with the newest messages."""

    # simcord joins the names of the files to the folder of its own, which leaves absolute ones as they are.
    _STATIC_FILES: ClassVar[dict[str, str]] = {
        **PreviewServer._STATIC_FILES,
        "/footnote.js": str(_FOLDER / "page.js"),
        "/footnote.css": str(_FOLDER / "page.css"),
    }
    _STATIC_CONTENT_TYPES: ClassVar[dict[str, str]] = {
        **PreviewServer._STATIC_CONTENT_TYPES,
        str(_FOLDER / "page.css"): "text/css",
    }

    async def _static(self, request: Any) -> Any:
        response = await super()._static(request)
        for simcords, ours in CHANGES.get(request.path, ()):
            response.text = response.text.replace(simcords, ours)
        return response

    async def _pages(self, request: Any) -> Any:
        # Otherwise a page opens with the message that was the newest when the preview started.
        start = self.preview._python
        if start is not None:
            start.target_id = start.window_end_id = None
        return await super()._pages(request)
