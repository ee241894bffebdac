"""Records in and out as files, in the admin: a dry run first, then all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_POST

from claims.access import signed_in
from claims.admin.import_export import uploads
from claims.admin.import_export.base import Effect, EntryResource, Reading, ReadLine
from claims.admin.import_export.formats import FORMATS, MAX_BYTES, read
from claims.admin.import_export.sheets import LIMIT, Line, Sheet
from claims.admin.import_export.uploads import Upload
from claims.errors import WorkbenchError
from claims.messages import message_of

EXPORT_LIMIT = 20_000
"""How many records one file takes out. So many claims take two seconds as CSV, and five as XLSX."""

SHOWN = 200
"""How many lines a dry run lists of those that are wrong, and of those that change something."""


class ImportForm(forms.Form):
    """The file to import. Its first bytes identify the format."""

    import_file = forms.FileField(
        label=gettext_lazy("File to import"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_import_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large to read."""
        file: UploadedFile[bytes] = self.cleaned_data["import_file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(limit)s. Split it into several files.")
                % {"limit": filesizeformat(MAX_BYTES)}
            )
        return file


class ConfirmForm(forms.Form):
    """The dry run to carry out."""

    key = forms.CharField(
        widget=forms.HiddenInput, validators=[RegexValidator(r"\A[a-z0-9]{32}\Z")]
    )


class ExportForm(forms.Form):
    """The format to export."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(each.key, each.label) for each in FORMATS.values()],
        initial=next(iter(FORMATS)),
        help_text=gettext_lazy(
            "XLSX opens in any version of Excel. CSV opens only where Excel uses commas as separators."
        ),
    )


@dataclass(frozen=True, slots=True)
class Mistake:
    """An error in a row, in words: the row, the column or "", and the reason with what to do."""

    line: Line
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would do, as a page shows it.

    Attributes:
        mistakes: the first errors.
        wrong: how many rows have errors.
        changed: the first rows that change something.
        totals: the number of rows by effect.
    """

    mistakes: list[Mistake]
    wrong: int
    changed: list[ReadLine]
    totals: dict[str, int]

    @classmethod
    def of(cls, reading: Reading) -> DryRun:
        """Return the page for what the rows would do."""
        wrong = reading.wrong
        return cls(
            [
                Mistake(each.line, column, why)
                for each in wrong[:SHOWN]
                for column, reasons in each.wrong.items()
                for why in reasons
            ],
            len(wrong),
            [] if wrong else reading.changing[:SHOWN],
            reading.totals,
        )

    @property
    def more_wrong(self) -> int:
        """How many rows with errors are not listed."""
        return max(0, self.wrong - SHOWN)

    @property
    def changing(self) -> int:
        """How many rows change something."""
        return self.totals[Effect.NEW] + self.totals[Effect.CHANGED]

    @property
    def more_changing(self) -> int:
        """How many rows that change something are not listed."""
        return max(0, self.changing - SHOWN)


class TransferMixin(admin.ModelAdmin[Any]):
    """Records of a model as files.

    Attributes:
        resource: the columns.
        import_needs: the permissions that an import requires.
    """

    resource: type[EntryResource]
    import_needs: tuple[str, ...] = ("add", "change")
    change_list_template = "admin/import_export/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of imports and exports before those of the records."""
        pages = {
            "import": self.import_page,
            "process_import": self.process_import,
            "export": self.export_page,
        }
        own = [
            path(f"{name}/", self.admin_site.admin_view(page), name=self._name(name))
            for name, page in pages.items()
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list, with links to import and export."""
        may = {
            "has_import_permission": self.has_import_permission(request),
            "has_export_permission": self.has_export_permission(request),
        }
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Anyone who may add and change these records may import them."""
        return all(self._may(request, verb) for verb in self.import_needs)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Anyone who may view them may export them."""
        return self._may(request, "view")

    def _may(self, request: HttpRequest, verb: str) -> bool:
        return request.user.has_perm(f"claims.{verb}_{self.model._meta.model_name}")

    # In

    def import_page(self, request: HttpRequest) -> HttpResponse:
        """Choose a file, and show its dry run."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        sent = request.method == "POST"
        form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
        if form.is_valid():
            file: UploadedFile[bytes] = form.cleaned_data["import_file"]
            try:
                sheet = read(file.read())
                self._resource(request).check(sheet)
            except WorkbenchError as error:
                form.add_error("import_file", message_of(error))
            else:
                return self._dry_run(request, sheet, file.name or "")
        return self._show(request, form=form)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest) -> HttpResponse:
        """Carry out a dry run, if it would still do the same."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ConfirmForm(request.POST)
        upload = (
            uploads.find(signed_in(request.user), self.model, form.cleaned_data["key"])
            if form.is_valid()
            else None
        )
        if upload is None:
            message = _(
                "This dry run has already been carried out, or is more than an hour old. Nothing was imported just now. Choose the file again."
            )
            return self._show(request, message=message)
        reading, message = None, ""
        try:
            reading = self._carry_out(request, upload)
        except WorkbenchError as error:
            message = message_of(error)
        uploads.remove(upload)
        if reading is None or reading.wrong:
            return self._dry_run(request, upload.sheet, upload.name, message=message)
        messages.success(request, self._done(upload, reading))
        return redirect(self._address("changelist"))

    def _carry_out(self, request: HttpRequest, upload: Upload) -> Reading:
        resource = self._resource(request, note=upload.name, plan=upload.plan)
        with transaction.atomic():
            reading = resource.run(upload.sheet)
            if not reading.wrong:
                self._log(request, resource)
        return reading

    def _log(self, request: HttpRequest, resource: EntryResource) -> None:
        """Log for each record who entered it, as the admin does after a form."""
        done: dict[int, list[Any]] = {
            ADDITION: [{"added": {}}],
            CHANGE: [{"changed": {"fields": [gettext_noop("by file import")]}}],
        }
        for flag, records in resource.entered().items():
            LogEntry.objects.log_actions(
                signed_in(request.user).pk, records, flag, change_message=done[flag]
            )

    def _resource(self, request: HttpRequest, **kwargs: Any) -> EntryResource:
        return self.resource(user=signed_in(request.user), **kwargs)

    def _dry_run(
        self, request: HttpRequest, sheet: Sheet, name: str, message: str = ""
    ) -> HttpResponse:
        reading = self._resource(request).read(sheet)
        seen = DryRun.of(reading)
        confirm = None
        if not seen.wrong and seen.changing:
            user = signed_in(request.user)
            key = uploads.keep(user, self.model, name=name, sheet=sheet, plan=reading.plan)
            confirm = ConfirmForm(initial={"key": key})
        return self._show(
            request, form=ImportForm(), dry_run=seen, confirm=confirm, name=name, message=message
        )

    def _show(self, request: HttpRequest, **context: Any) -> HttpResponse:
        blank = {"form": ImportForm(), "dry_run": None, "confirm": None, "name": "", "message": ""}
        resource = self._resource(request)
        columns = list(resource.columns.values())
        about = {
            "columns": [column.name for column in columns if not column.shown],
            "shown": [column.name for column in columns if column.shown],
            "no_new": resource.no_new,
            "limit": f"{LIMIT:,}",
            "import_address": self._address("import"),
            "process_address": self._address("process_import"),
        }
        return self._page(request, _("Import"), "import.html", {**about, **blank, **context})

    def _done(self, upload: Upload, done: Reading) -> str:
        return _(
            "“%(name)s” was imported. New: %(new)s, changed: %(update)s, unchanged: %(skip)s."
        ) % {
            "name": upload.name,
            "new": done.totals[Effect.NEW],
            "update": done.totals[Effect.CHANGED],
            "skip": done.totals[Effect.UNCHANGED],
        }

    # Out

    def export_page(self, request: HttpRequest) -> HttpResponse:
        """Choose a format, and return the file of the records that match the filter in the address."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(self._address("changelist"))
        form = ExportForm(request.POST or None)
        if form.is_valid():
            if listed.result_count <= EXPORT_LIMIT:
                try:
                    return self._file(request, listed.queryset, form.cleaned_data["format"])
                except WorkbenchError as error:
                    form.add_error(None, message_of(error))
            else:
                form.add_error(
                    None,
                    _(
                        "The list has more than %(limit)s records. Filter it, and export it as several files."
                    )
                    % {"limit": f"{EXPORT_LIMIT:,}"},
                )
        columns = [column.name for column in self._resource(request).shown_columns()]
        context = {"form": form, "columns": columns, "number": listed.result_count}
        return self._page(request, _("Export"), "export.html", context)

    def _file(self, request: HttpRequest, records: QuerySet[Any], key: str) -> HttpResponse:
        """Return the file of some records."""
        form = FORMATS[key]
        data = form.write(self._resource(request).table_of(records))
        answer = HttpResponse(data, content_type=form.content_type)
        name = f"{self.model._meta.model_name}s.{form.key}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    # Pages

    def _page(
        self, request: HttpRequest, title: str, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        frame = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.model._meta,
            "back": self._address("changelist"),
        }
        return TemplateResponse(request, f"admin/import_export/{template}", {**frame, **context})

    def _name(self, page: str) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_{page}"

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self._name(page)}")
