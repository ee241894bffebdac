"""What addresses ask for, by name."""

from django.utils.datastructures import MultiValueDict

from claims.queries.claims.names import TRACKING, TRACKING_PREFIXES, untracked


def test_what_other_sites_add_to_an_address_is_left_out():
    added = [*TRACKING, *(f"{prefix}x" for prefix in TRACKING_PREFIXES)]
    given = MultiValueDict({name: ["1"] for name in ["kind", *added]})
    assert list(untracked(given)) == ["kind"]
    assert set(given) == {"kind", *added}
