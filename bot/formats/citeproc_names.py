"""Names as the CSL specification has them printed, in elements that citeproc-py takes in place of its own."""

from __future__ import annotations

from typing import Any

from citeproc import model
from citeproc.model import CitationStylesElement
from citeproc.source import VariableError

from bot.formats.csl_names import OTHERS


class Names(model.Names, CitationStylesElement):  # type: ignore[misc]
    """The names of one or several roles."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        """Return the names, or what stands in for them; those that stood in for others are printed no more."""
        context = self if context is None else context
        form = self._form() if names_context is None else names_context
        reference, output = item.reference, []
        roles = self.get("variable").split()
        if set(roles) == {"editor", "translator"} and reference.get("editor") and self._shared(reference):
            roles = ["editortranslator"]
        for role in roles:
            variable = "editor" if role == "editortranslator" else role.replace("-", "_")
            self.get_root().rendering.call(role, shown=variable in reference)
            if variable in reference and role not in self.get_root().rendering.repressed:
                output.append(self._role(form, item, role, variable, context, options))
        if output:
            return self.join(output, self.get_parent_delimiter(context))
        substitute = self.substitute()
        if substitute is None:
            raise VariableError
        return substitute.render(item, context=context, **options)

    def _form(self) -> Any:
        """Return the names that say how these are written: inside ``substitute`` those that are substituted."""
        around = self.xpath_search("./ancestor::cs:substitute[1]/parent::cs:names")
        return around[0] if around and self.name is None else self

    def _shared(self, reference: Any) -> bool:
        shared: bool = reference["editor"] == reference.get("translator")
        return shared and self.get_term("editortranslator") is not None

    def _role(self, form: Any, item: Any, role: str, variable: str, context: Any, options: dict[str, Any]) -> Any:
        name = form.name
        if name is None:
            name = form.makeelement(f"{{{form.nsmap['cs']}}}name" if "cs" in form.nsmap else form.tag)
            form.insert(0, name)
        text = name.render(item, variable, context=context, **options)
        if form.label is not None:
            label = form.label.render(item, role, len(item.reference[variable]) > 1)
            first = form.label is form.getchildren()[0]
            text = (label + text if first else text + label) if label is not None else text
        return text


class Name(model.Name, CitationStylesElement):  # type: ignore[misc]
    """How names are written."""

    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
        """Return an option; given names are not cut to initials where ``initialize`` is false."""
        if name == "initialize-with" and self.get("initialize", "true") == "false":
            return None
        return super().get_option(name, context, sort_options)

    def process(self, item: Any, variable: str, context: Any = None, **_: Any) -> Any:
        """Return a list of names, cut where the style cuts it or the source itself does."""
        names = list(item.reference[variable])
        others = len(names) > 1 and names[-1].get("literal") == OTHERS
        names = names[:-1] if others else names
        subsequent = self.get_option("et-al-min", context)
        cut = bool(subsequent) and 1 < len(names) >= subsequent
        shown = names[: self.get_option("et-al-use-first", context)] if cut else names
        texts = [self._one(name, number, context) for number, name in enumerate(shown)]
        delimiter = self.get_option("delimiter", context)
        if cut and self.get_option("et-al-use-last", context) and len(names) > len(shown) + 1:
            return delimiter.join([*texts, f"… {self._one(names[-1], len(names) - 1, context)}"])
        if cut or others:
            parted = self._parted(len(texts) + 1, "delimiter-precedes-et-al", shown[-1], context)
            return f"{delimiter.join(texts)}{delimiter if parted else ' '}{self.et_al()}"
        conjunction = {"text": self.get_single_term(name="and"), "symbol": "&"}.get(self.get_option("and", context))
        if conjunction is None or len(texts) < 2:
            return delimiter.join(texts)
        # A body at the end of a list is parted from it as citeproc-js does, whatever the style says of persons.
        parted = (
            len(texts) > 2 if "literal" in names[-1] else self._parted(len(texts), "delimiter-precedes-last", names[-2], context)
        )
        return f"{delimiter.join(texts[:-1])}{delimiter.rstrip() if parted else ''} {conjunction} {texts[-1]}"

    def _parted(self, count: int, option: str, before: Any, context: Any) -> bool:
        """Return whether the delimiter stands before the last of ``count`` names too."""
        rule = self.get_option(option, context)
        if rule == "after-inverted-name":
            order = self.get_option("name-as-sort-order", context)
            return "literal" not in before and (order == "all" or (order == "first" and count == 2))
        return bool(rule == "always" or (rule == "contextual" and count > 2))

    def _one(self, name: Any, number: int, context: Any) -> str:
        given, family, dropping, particle, suffix = name.parts()
        if given and self.get_option("initialize-with", context) is not None:
            given = self.initialize(given, self.get_option("initialize-with", context), context)
        order = self.get_option("name-as-sort-order", context)
        if self.get_option("form", context) == "short":
            return _joined(particle, family)
        if "literal" in name:
            return str(family)
        if order == "all" or (order == "first" and number == 0):
            demoted = self.get_option("demote-non-dropping-particle", context) == "display-and-sort"
            if demoted:
                given = _joined(given, dropping, particle)
            else:
                family, given = _joined(particle, family), _joined(given, dropping)
            return self.get_option("sort-separator", context).join(filter(None, [family, given, suffix]))  # type: ignore[no-any-return]
        return _joined(given, dropping, particle, family, suffix)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
