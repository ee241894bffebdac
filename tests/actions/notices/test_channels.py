"""Who may remove a channel of notices."""

import pytest
from django.contrib.auth.models import User

from claims.actions import remove_notice_channel
from claims.choices import NoticeWay
from claims.errors import NotAllowedError
from claims.models import Desk, NoticeChannel


def test_a_channel_of_ones_own_needs_no_right_to_remove_and_that_of_a_desk_does(editor):
    boss = User.objects.create_superuser("sam")
    desk = Desk.objects.create(name="City")
    own, of_desk = (
        NoticeChannel.objects.create(owner=owner, desk=to, way=NoticeWay.MAIL, address="")
        for owner, to in ((editor, None), (None, desk))
    )
    with pytest.raises(NotAllowedError):
        remove_notice_channel(actor=editor, channel=of_desk)
    remove_notice_channel(actor=editor, channel=own)
    remove_notice_channel(actor=boss, channel=of_desk)
    assert not NoticeChannel.objects.exists()
