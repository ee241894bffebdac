"""Records of the outlets that articles named, and the copies by which claims are listed."""

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    article, history, outlet, claim, decision = (
        apps.get_model("claims", name).objects.using(using)
        for name in ("Article", "HistoricalArticle", "Outlet", "Claim", "Decision")
    )
    for model in (article, history):
        names = model.exclude(outlet_name="").order_by("outlet_name").distinct()
        for name in names.values_list("outlet_name", flat=True):
            record, _made = outlet.get_or_create(
                folded=name.casefold(), defaults={"name": name}
            )
            model.filter(outlet_name=name).update(outlet=record)
    own = article.filter(revisions__claims=OuterRef("pk"))
    source = apps.get_model("claims", "Source").objects.using(using)
    claim.update(
        listed_at=Subquery(own.values(at=Coalesce("published_at", "imported_at"))[:1]),
        outlet=Subquery(own.values("outlet")[:1]),
        decided_at=Subquery(
            decision.filter(claim=OuterRef("pk")).order_by("-pk").values("decided_at")[:1]
        ),
    )
    claim.filter(verdict="pending").update(decided_at=None)
    claim.exclude(source=None).update(
        source_kind=Subquery(source.filter(pk=OuterRef("source")).values("kind")[:1])
    )


def give_names_back(apps, schema_editor):
    using = schema_editor.connection.alias
    outlet = apps.get_model("claims", "Outlet").objects.using(using)
    for name in ("Article", "HistoricalArticle"):
        apps.get_model("claims", name).objects.using(using).exclude(outlet=None).update(
            outlet_name=Subquery(outlet.filter(pk=OuterRef("outlet")).values("name")[:1])
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_lists")]

    operations = [migrations.RunPython(fill, give_names_back, elidable=True)]
