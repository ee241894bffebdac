"""Duplicate names: the error is shown beside the field, in terms that users know."""

import pytest
from django.forms import modelform_factory
from django.urls import reverse

from claims.models import Alias, Desk, Outlet, Source, Tag
from tests.models import rows

NAMED = [Outlet, Desk, Tag]


@pytest.mark.parametrize("model", NAMED)
def test_it_is_said_beside_the_field(admin, model):
    model.objects.create(name="Łódź (fiction)")
    address = reverse(f"admin:claims_{model._meta.model_name}_add")
    answer = admin.post(address, {"name": "łÓDŹ (FICTION)"})
    assert answer.status_code == 200
    wrong = answer.context["adminform"].form.errors
    assert list(wrong) == ["name"]
    assert "with this Name already exists" in wrong["name"][0]
    assert model.objects.count() == 1


def test_an_alias_that_its_source_has(admin):
    source = rows.source("Ada Venn")
    Alias.objects.create(source=source, name="A. Venn")
    answer = admin.post(reverse("admin:claims_alias_add"), {"name": "a. venn", "source": source.pk})
    assert answer.status_code == 200
    assert "with this Source and Name already exists" in answer.content.decode()
    assert Alias.objects.count() == 1


def test_a_source_of_the_same_kind(admin):
    rows.source("Ada Venn", kind="minister")
    answer = admin.post(
        reverse("admin:claims_source_add"),
        {
            "name": "ada venn",
            "kind": "minister",
            "aliases-TOTAL_FORMS": 0,
            "aliases-INITIAL_FORMS": 0,
        },
    )
    assert answer.status_code == 200
    assert "A source with this name and kind already exists." in answer.content.decode()
    assert Source.objects.count() == 1


@pytest.mark.parametrize("model", NAMED)
def test_a_form_without_the_name_says_nothing_of_it(db, model):
    """Nothing of the name can be wrong where nobody is asked for it."""
    there, other = (model.objects.create(name=name) for name in ("A", "B"))
    other.name = there.name
    shown = modelform_factory(model, fields=["id"])
    assert shown({}, instance=other).is_valid()
