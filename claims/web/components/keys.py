"""What can be done by key: one list, for the dialog, the help page, the palette and the tests of the keys themselves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser, User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_DECIDE = "claims.decide_claim"
_CHANGE = "claims.change_claim"
_COMMENT = "claims.add_comment"


@dataclass(frozen=True)
class Command:
    """Something that can be done by key.

    Attributes:
        keys: the keys, as `KeyboardEvent.key` names them, pressed together.
        words: what they do.
        needs: the permissions that it takes.
        action: the panel's form that does the same, if one does.
        offered: whether the palette offers it, too.
    """

    keys: tuple[str, ...]
    words: str | Promise
    needs: tuple[str, ...] = ()
    action: str = ""
    offered: bool = True

    @property
    def caps(self) -> tuple[str, ...]:
        """The keys as they are printed on a keyboard."""
        return tuple(key.upper() if len(key) == 1 else key for key in self.keys)

    @property
    def pressed(self) -> str:
        """The keys in one word, for the scripts."""
        return "+".join(self.keys)


@dataclass(frozen=True)
class KeyGroup:
    """Commands that belong together.

    Attributes:
        title: what they are about.
        commands: the commands.
        everywhere: whether they work on every page, and not only where claims are checked.
    """

    title: str | Promise
    commands: tuple[Command, ...]
    everywhere: bool = False


KEYS = (
    KeyGroup(
        _("Move"),
        (
            Command(("j",), _("Next claim")),
            Command(("k",), _("Previous claim")),
            Command(("Shift", "J"), _("Next pending claim")),
            Command(("o",), _("Show only this source's claims, or all again")),
            Command(("h",), _("History of the claim")),
        ),
    ),
    KeyGroup(
        _("Decide"),
        (
            Command(("1",), _("Verified, and move on"), (_DECIDE,)),
            Command(("2",), _("Disputed, and move on"), (_DECIDE,)),
            Command(("3",), _("Pending, and move on"), (_DECIDE,)),
            Command(("n",), _("Reason"), (_DECIDE,)),
            Command(("Shift", "N"), _("Internal note"), (_DECIDE,)),
            Command(("e",), _("Add evidence"), (_DECIDE,)),
            Command(
                ("Ctrl", "Enter"),
                _("Save and move on, even while typing"),
                (_DECIDE,),
                offered=False,
            ),
            Command(("y",), _("In a conflict: save your version"), (_DECIDE,), offered=False),
            Command(("l",), _("In a conflict: keep the saved version"), (_DECIDE,), offered=False),
            Command(("Ctrl", "Z"), _("Undo"), (_DECIDE,)),
            Command(("Ctrl", "Shift", "Z"), _("Redo"), (_DECIDE,)),
        ),
    ),
    KeyGroup(
        _("Seen before"),
        (
            Command(
                ("t",), _("Take over the first earlier verdict, and move on"), (_DECIDE, _CHANGE)
            ),
            Command(("i",), _("Seen before: the same"), (_CHANGE,)),
            Command(("f",), _("Seen before: not the same"), (_CHANGE,)),
            Command(("g",), _("Contradiction: no conflict"), (_CHANGE,)),
        ),
    ),
    KeyGroup(
        _("Change the claim"),
        (
            Command(("s",), _("Change the source"), (_CHANGE,), action="source"),
            Command(("r",), _("Reword"), (_CHANGE,), action="reword"),
            Command(("m",), _("Merge with the next claim"), (_CHANGE,), action="merge"),
            Command(("x",), _("Split at the cursor"), (_CHANGE,), action="split"),
            Command(("d",), _("Dismiss"), (_CHANGE,), action="dismiss"),
            Command(("w",), _("Select words in the article"), (_CHANGE,)),
            Command(("Enter",), _("Create a claim from the selected words"), (_CHANGE,)),
            Command(("b",), _("Use the selected words for this claim"), (_CHANGE,), action="spans"),
            Command(
                ("u",),
                _("Select the next figure, name, date or quotation that no claim covers"),
                (_CHANGE,),
            ),
        ),
    ),
    KeyGroup(
        _("Work together"),
        (
            Command(("a",), _("Assign"), (_CHANGE,), action="assign"),
            Command(("c",), _("Comment"), (_COMMENT,), action="comment"),
        ),
    ),
    KeyGroup(
        _("Everywhere"),
        (
            Command(("Ctrl", "K"), _("Commands, pages and search"), offered=False),
            Command(
                ("/",),
                _("Search (on the review page, the article first)"),
                ("claims.view_claim",),
                offered=False,
            ),
            Command(("Escape",), _("Leave a field, close a window"), offered=False),
        ),
        everywhere=True,
    ),
    KeyGroup(_("Help"), (Command(("?",), _("Keyboard shortcuts")),)),
)
"""What the keys of a page do, in the order of the dialog. `pages/review/keys.js` does the single ones."""
_NEEDED = sorted({need for group in KEYS for one in group.commands for need in one.needs})


def powers_of(viewer: User | AnonymousUser) -> frozenset[str]:
    """Return which of the permissions that a key may need a person has."""
    return frozenset(filter(viewer.has_perm, _NEEDED))


def keys_of(powers: frozenset[str]) -> Iterator[KeyGroup]:
    """Yield the groups with what somebody with some permissions may do, without empty ones."""
    for group in KEYS:
        commands = tuple(one for one in group.commands if powers.issuperset(one.needs))
        if commands:
            yield replace(group, commands=commands)
