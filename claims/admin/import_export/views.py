"""Records in and out as files, in the admin: a dry run first, then all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.results import Result, RowResult

from claims.access import signed_in
from claims.admin.import_export import uploads
from claims.admin.import_export.base import EntryResource, RowChanges, plan_of
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
    """The file to bring in. Its first bytes tell the format."""

    import_file = forms.FileField(
        label=gettext_lazy("File to import"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_import_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large to read."""
        file: UploadedFile[bytes] = self.cleaned_data["import_file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(limit)s. Cut it into several files.")
                % {"limit": filesizeformat(MAX_BYTES)}
            )
        return file


class ConfirmForm(forms.Form):
    """Which dry run to carry out."""

    key = forms.CharField(
        widget=forms.HiddenInput, validators=[RegexValidator(r"\A[a-z0-9]{32}\Z")]
    )


class FormatForm(ExportForm):  # type: ignore[misc]
    """The format to take records out in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["format"]
        field.choices = [choice for choice in field.choices if choice[0]]
        field.initial = field.choices[0][0]
        field.help_text = _("XLSX opens in every Excel; CSV only where commas part the cells.")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a line, in words: its line, its column or "", and why with what to do."""

    line: Line
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would do, as a page shows it.

    Attributes:
        mistakes: what is wrong, the first ones.
        wrong: how many lines are wrong.
        changed: the lines that change something, the first ones.
        totals: how many lines do what.
    """

    mistakes: list[Mistake]
    wrong: int
    changed: list[RowChanges]
    totals: dict[str, int]

    @classmethod
    def of(cls, result: Result) -> DryRun:
        """The page of a result."""
        wrong = [row for row in result.rows if row.validation_error]
        changed = [row for row in result.rows if row.import_type != RowResult.IMPORT_TYPE_SKIP]
        return cls(
            [
                Mistake(row.line, column, why)
                for row in wrong[:SHOWN]
                for column, reasons in row.validation_error.message_dict.items()
                for why in reasons
            ],
            len(wrong),
            [] if wrong else changed[:SHOWN],
            dict(result.totals),
        )

    @property
    def more_wrong(self) -> int:
        """How many wrong lines are not listed."""
        return max(0, self.wrong - SHOWN)

    @property
    def changing(self) -> int:
        """How many lines change something."""
        return self.totals[RowResult.IMPORT_TYPE_NEW] + self.totals[RowResult.IMPORT_TYPE_UPDATE]

    @property
    def more_changing(self) -> int:
        """How many lines that change something are not listed."""
        return max(0, self.changing - SHOWN)


class TransferMixin(ImportExportMixin):  # type: ignore[misc]
    """Records of a model as files.

    Attributes:
        resource: the columns.
        import_needs: the verbs that the account must be allowed to import.
    """

    resource: type[EntryResource]
    import_needs: tuple[str, ...] = ("add", "change")
    formats = FORMATS
    export_form_class = FormatForm
    model: type[Model]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Who may add and change these records by hand may do so by files."""
        return all(self._may(request, verb) for verb in self.import_needs)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Who may see them may take them out."""
        return self._may(request, "view")

    def _may(self, request: HttpRequest, verb: str) -> bool:
        return request.user.has_perm(f"claims.{verb}_{self.model._meta.model_name}")

    def get_resource_classes(self, request: HttpRequest) -> list[type[EntryResource]]:
        """The columns."""
        return [self.resource]

    def get_resource_kwargs(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """In whose name they come in and go out."""
        return {"user": signed_in(request.user)}

    # In

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page to choose a file on, and its dry run."""
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
        return self._import_page(request, form=form)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Carry a dry run out, if it would still do the same."""
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
                "This dry run was carried out already, or is older than an hour. Nothing was imported now: choose the "
                "file again."
            )
            return self._import_page(request, message=message)
        result = self._carry_out(request, upload)
        uploads.remove(upload)
        if result.base_errors or result.has_validation_errors():
            message = " ".join(message_of(told.error) for told in result.base_errors)
            return self._dry_run(request, upload.sheet, upload.name, message=message)
        messages.success(request, self._done(upload, DryRun.of(result)))
        return redirect(self._address("changelist"))

    def _carry_out(self, request: HttpRequest, upload: Upload) -> Result:
        resource = self._resource(request, note=upload.name, plan=upload.plan)
        with transaction.atomic():
            result = resource.run(upload.sheet)
            if not result.base_errors and not result.has_validation_errors():
                self._log(request, resource)
        return result

    def _log(self, request: HttpRequest, resource: EntryResource) -> None:
        """Note for each record who entered it, as the admin does after a form."""
        done: dict[int, list[Any]] = {
            ADDITION: [{"added": {}}],
            CHANGE: [{"changed": {"fields": [gettext_noop("by a file")]}}],
        }
        for flag, records in resource.entered().items():
            LogEntry.objects.log_actions(
                signed_in(request.user).pk, records, flag, change_message=done[flag]
            )

    def _resource(self, request: HttpRequest, **kwargs: Any) -> EntryResource:
        return self.resource(**self.get_resource_kwargs(request), **kwargs)

    def _dry_run(
        self, request: HttpRequest, sheet: Sheet, name: str, message: str = ""
    ) -> HttpResponse:
        result = self._resource(request).dry_run(sheet)
        seen = DryRun.of(result)
        confirm = None
        if not seen.wrong and seen.changing:
            user, plan = signed_in(request.user), plan_of(result)
            key = uploads.keep(user, self.model, name=name, sheet=sheet, plan=plan)
            confirm = ConfirmForm(initial={"key": key})
        return self._import_page(
            request, form=ImportForm(), dry_run=seen, confirm=confirm, name=name, message=message
        )

    def _import_page(self, request: HttpRequest, **context: Any) -> HttpResponse:
        blank = {"form": ImportForm(), "dry_run": None, "confirm": None, "name": "", "message": ""}
        resource = self._resource(request)
        columns = list(resource.fields.values())
        about = {
            "columns": [column.column_name for column in columns if not column.shown],
            "shown": [column.column_name for column in columns if column.shown],
            "no_new": resource.no_new,
            "limit": f"{LIMIT:,}",
            "import_address": self._address("import"),
            "process_address": self._address("process_import"),
        }
        return self._page(request, _("Import"), "import.html", {**about, **blank, **context})

    def _done(self, upload: Upload, done: DryRun) -> str:
        return _(
            "“%(name)s” was imported. New: %(new)s, changed: %(update)s, unchanged: %(skip)s."
        ) % {
            "name": upload.name,
            **done.totals,
        }

    # Out

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        """The file's name, the same every time."""
        return f"{self.model._meta.model_name}s.{file_format.get_extension()}"

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any
    ) -> bytes:
        """The file.

        Raises:
            ValueError: with words for the person, if there is more than a file can hold.
        """
        if queryset.count() > EXPORT_LIMIT:
            raise ValueError(
                _(
                    "These are more than %(limit)s. Filter the list, and take them out in several files."
                )
                % {"limit": f"{EXPORT_LIMIT:,}"}
            )
        try:
            return super().get_export_data(file_format, request, queryset, **kwargs)  # type: ignore[no-any-return]
        except WorkbenchError as error:
            raise ValueError(message_of(error)) from error

    def init_request_context_data(self, request: HttpRequest, form: Any) -> dict[str, Any]:
        """What the page to export from shows."""
        fields = self._resource(request).get_export_fields()
        return {
            **self._context(request, _("Export")),
            "form": form,
            "columns": [column.column_name for column in fields],
            "number": self.get_export_queryset(request).count(),
        }

    # Pages

    def _page(
        self, request: HttpRequest, title: str, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        return TemplateResponse(
            request,
            f"admin/import_export/{template}",
            {**self._context(request, title), **context},
        )

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.model._meta,
            "back": self._address("changelist"),
        }

    def _address(self, name: str) -> str:
        return reverse(f"admin:claims_{self.model._meta.model_name}_{name}")
