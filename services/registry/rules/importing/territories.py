"""Which municipality a table means: by its ОКТМО code or by any name it ever had (BR-09, BR-11)."""

from collections.abc import Callable, Collection, Iterable, Sequence

from services.registry.rules import codes
from services.registry.rules.importing.values import without
from services.registry.rules.names import search_key
from shared.refusal import N_, Refused

#: Words that say what kind of territory it is, and not which.
_KINDS = (
    "муниципальное образование мо муниципальный муниципального образования район района округ округа городской "
    "город города г курорт край краснодарский краснодарского края"
)
#: ``closest(text, choices)``: the choices that look most like the text, best first.
Closest = Callable[[str, Collection[str]], Sequence[str]]


class Territories:
    """Municipalities of the registry as a table may name them."""

    def __init__(self, named: Iterable[tuple[str, str]], closest: Closest) -> None:
        """``named`` gives (ОКТМО, name) for every name that was ever valid."""
        self._closest = closest
        self._titles: dict[str, str] = {}
        exact: dict[str, set[str]] = {}
        bare: dict[str, set[str]] = {}
        for oktmo, name in named:
            self._titles.setdefault(search_key(name), name)
            exact.setdefault(search_key(name), set()).add(oktmo)
            bare.setdefault(self._bare(name), set()).add(oktmo)
        self._known = {oktmo for found in exact.values() for oktmo in found}
        self._exact, self._by_bare = exact, bare

    def find(self, text: str) -> str:
        """The ОКТМО code; an unknown name is refused with the nearest known ones, never replaced by them."""
        if text.replace(" ", "").replace("\u00a0", "").isdigit():
            return self._by_code(text)
        key = search_key(text)
        for found in (self._exact.get(key, set()), self._by_bare.get(self._bare(text), set())):
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise Refused(
                    "BR-11",
                    N_("«%(value)s» — несколько муниципалитетов. Укажите код ОКТМО."),
                    field="municipality",
                    value=text[:100],
                )
        near = [self._titles[name] for name in self._closest(key, list(self._titles))]
        if near:
            raise Refused(
                "BR-11",
                N_("Муниципалитета «%(value)s» нет в реестре. Похоже на: %(near)s"),
                field="municipality",
                value=text[:100],
                near="; ".join(near),
            )
        raise Refused(
            "BR-11", N_("Муниципалитета «%(value)s» нет в реестре"), field="municipality", value=text[:100]
        )

    def _by_code(self, text: str) -> str:
        try:
            code = codes.oktmo(text)
        except Refused as refusal:
            raise Refused(refusal.rule, refusal.text, field="municipality", **refusal.params) from None
        if code not in self._known:
            raise Refused(
                "BR-09",
                N_("Муниципалитета с кодом %(value)s нет в реестре"),
                field="municipality",
                value=code,
            )
        return code

    @staticmethod
    def _bare(name: str) -> str:
        return without(search_key(name).split(), frozenset(_KINDS.split())) or search_key(name)
