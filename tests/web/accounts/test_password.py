"""Changing one's own password."""

from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from claims.models import FailedLogin

NEW = "a fresh horse in May"


def change(browser: Client, old: str, new: str = NEW, again: str = NEW):
    return browser.post(
        reverse("change-password"),
        {"old_password": old, "new_password1": new, "new_password2": again},
        follow=True,
    )


def test_the_head_of_every_page_leads_there_by_ones_account(desk):
    for address in ("dashboard", "articles", "admin:index"):
        assert f'href="{reverse("account")}"' in desk.get(reverse(address)).content.decode()
    assert f'href="{reverse("change-password")}"' in desk.get(reverse("account")).content.decode()


def test_this_login_stays_and_those_elsewhere_end(desk, editor):
    elsewhere = Client()
    elsewhere.force_login(editor)
    answer = change(desk, "correct horse")
    assert "Your password has been changed." in answer.content.decode()
    assert desk.get(reverse("articles")).status_code == 200
    assert elsewhere.get(reverse("articles")).status_code == 302
    assert not Client().login(username="edda", password="correct horse")
    assert Client().login(username="edda", password=NEW)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (editor, str(editor.pk))


def test_the_old_one_is_asked_for_and_the_new_one_must_be_hard_to_guess(desk, editor):
    for typed in (("wrong",), ("correct horse", "12345", "12345"), ("correct horse", NEW, "other")):
        answer = change(desk, *typed)
        assert 'class="errorlist"' in answer.content.decode()
        assert Client().login(username="edda", password="correct horse")


def test_data_entry_has_the_same_page(desk):
    assert desk.get("/admin/password_change/", follow=True).redirect_chain[-1][0] == reverse(
        "change-password"
    )


def test_wrong_old_ones_are_counted_like_logins(desk, editor):
    for _time in range(5):
        change(desk, "wrong")
    text = change(desk, "correct horse").content.decode()
    assert "Too many wrong passwords" in text
    assert Client().login(username="edda", password="correct horse")
    assert FailedLogin.objects.filter(username="edda").count() == 5
