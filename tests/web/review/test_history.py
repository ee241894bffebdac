"""Histories of an article, a claim and a source: who did what."""

from django.urls import reverse


def test_the_history_of_an_article_says_who_did_what(desk, do, claim, article):
    do("reword", statement="Shut until May")
    do("dismiss")
    desk.get(article.get_absolute_url())
    page = desk.get(reverse("article-history", args=[article.pk])).content.decode()
    assert "Reworded" in page
    assert "Dismissed" in page
    assert '<ins dir="auto">Shut until May</ins>' in page
    assert page.index("Dismissed") < page.index("Reworded")


def test_a_claim_has_a_history_of_its_own_and_the_panel_shows_its_end(desk, do, claim, article):
    for number in range(10):
        do("reword", statement=f"Shut until {number} May")
    panel = desk.get(article.get_absolute_url(), {"claim": claim.pk}).content.decode()
    address = reverse("claim-history", args=[claim.pk])
    assert address in panel
    assert "Shut until 8 May" in panel
    assert '<ins dir="auto">Shut until 0 May</ins>' not in panel
    assert '<ins dir="auto">Shut until 0 May</ins>' in desk.get(address).content.decode()


def test_the_panel_keeps_what_the_splitter_proposed_in_sight(desk, do, claim, article):
    proposed = claim.statement
    for number in range(10):
        do("reword", statement=f"Shut until {number} May")
    panel = desk.get(article.get_absolute_url(), {"claim": claim.pk}).content.decode()
    assert f'<q dir="auto">{proposed}</q>' in panel


def test_new_bounds_are_told_in_words(desk, do, claim):
    do("spans", spans="[[4, 23]]")
    page = desk.get(reverse("claim-history", args=[claim.pk])).content.decode()
    assert '<ins dir="auto">bridge over the Olm</ins>' in page


def test_a_source_has_a_history_over_all_articles(desk, do, claim, chief):
    do("reword", statement="Shut until May")
    source = claim.source
    source.kind = "lawmaker"
    source._history_user = chief
    source.save()
    page = desk.get(reverse("source-history", args=[source.pk])).content.decode()
    assert "Shut until May" in page
    assert '<ins dir="auto">Lawmaker</ins>' in page
    assert claim.get_absolute_url() in page


def test_an_article_nobody_worked_on_says_so(desk, article):
    page = desk.get(reverse("article-history", args=[article.pk])).content.decode()
    assert "No claim here has been changed yet" in page
