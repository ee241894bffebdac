"""Mark what is left out between the places of a claim's exact words: a space stood for it."""

from django.db import migrations

_BATCH = 500


def mark_what_is_left_out(apps, _schema_editor):
    """Write the exact words of claims in several places anew, from their texts."""
    model = apps.get_model("claims", "Claim")
    several = model.objects.filter(spans__1__isnull=False).select_related("revision")
    changed = []
    for claim in several.only("spans", "quote", "revision__body").iterator(_BATCH):
        words = _exact_words(claim.revision.body, claim.spans)
        if words != claim.quote:
            claim.quote = words
            changed.append(claim)
    model.objects.bulk_update(changed, ["quote"], batch_size=_BATCH)


def _exact_words(body, spans):
    words, end = "", None
    for first, last in spans:
        if end is not None:
            words += " … " if body[end:first].strip() else " "
        words += body[first:last]
        end = last
    return words


class Migration(migrations.Migration):
    """No table changes, and going back changes nothing."""

    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunPython(mark_what_is_left_out, migrations.RunPython.noop)]
