"""What an installation is made of agrees with the program: units, containers, proxies, and the page that explains them."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import yaml
from django.conf import settings as production
from django.core.management import get_commands
from environ import Env

from claims.actions.claims.evidence.documents import LARGEST_FILE
from claims.queries.help import manual
from tests.architecture.test_documents import COMMAND, options_of
from tests.architecture.test_house import ROOT
from tests.management.commands import SECRET_KEY
from tests.markdown import commands
from workbench import server
from workbench.environment import VARIABLES, read_environment

PARTS = ROOT / "docs" / "installing"
UNITS = sorted(path for path in (PARTS / "systemd").rglob("*") if path.is_file())
PAGE = ROOT / "docs" / "installing.md"
IMAGE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
HOME = "/opt/workbench"
SERVER = "gunicorn --config python:workbench.server workbench.wsgi"
PORT = VARIABLES["BIND"].default.rpartition(":")[2]


def of_image(instruction: str) -> list[str]:
    """What follows each such instruction of the Dockerfile."""
    return re.findall(rf"^{instruction} +(.+)$", IMAGE, re.MULTILINE)


def of_units(option: str) -> list[str]:
    """The values of an option in all units."""
    return [
        value
        for path in UNITS
        for value in re.findall(rf"^{option}=(.+)$", path.read_text(), re.MULTILINE)
    ]


def settings_of(name: str) -> dict[str, str]:
    """The variables of a file of settings."""
    return {
        key: value.strip("'")
        for key, value in re.findall(r"^([A-Z_]+)=(.*)$", (PARTS / name).read_text(), re.MULTILINE)
    }


def check(command: str) -> None:
    """Fail if a command's program, its subcommand or an option is not there."""
    program, *_rest = shlex.split(command)
    name = Path(program).name
    if name == "gunicorn":
        assert command.removeprefix(f"{HOME}/.venv/bin/") == SERVER
    elif name == "python":
        assert "manage.py" in command
        assert (ROOT / "manage.py").exists()
        for subcommand, given in re.findall(COMMAND, command):
            assert subcommand in get_commands(), command
            assert set(re.findall(r"(?<!\S)--[a-z-]+", given)) <= options_of(subcommand), command
    else:
        assert name == "sh", command
        _sh, _c, script = shlex.split(command)
        for each in script.split("&&"):
            check(each.strip())


class TestUnits:
    def test_they_run_what_is_there(self):
        started = of_units("ExecStart")
        assert len(started) == 3
        for command in started:
            assert command.startswith(f"{HOME}/.venv/bin/")
            check(command)

    ANALYZE = shutil.which("systemd-analyze")

    @pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
    def test_systemd_knows_every_option(self, tmp_path):
        for path in UNITS:
            copy = tmp_path / path.relative_to(PARTS / "systemd")
            copy.parent.mkdir(exist_ok=True)
            # Programs have to be where they are looked for.
            copy.write_text(
                re.sub(r"/opt/workbench/\.venv/bin/\w+", sys.executable, path.read_text())
            )
        files = [path for path in tmp_path.iterdir() if path.is_file()]
        done = subprocess.run(
            [self.ANALYZE, "verify", "--man=no", *files],
            env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert [line for line in done.stderr.splitlines() if "workbench" in line] == []
        assert done.returncode == 0

    def test_documents_that_they_name_are_pages(self):
        pages = of_units("Documentation")
        assert pages
        for each in pages:
            assert (ROOT / each.removeprefix(f"file://{HOME}/")).exists(), each

    def test_the_backup_may_write_where_it_is_told_to(self):
        (writable,) = of_units("ReadWritePaths")
        (command,) = [each for each in of_units("ExecStart") if " backup " in each]
        assert f" {writable} " in command
        assert writable in PAGE.read_text()

    def test_an_invalid_setting_does_not_start_them_again_and_again(self):
        assert of_units("RestartPreventExitStatus") == ["78"]


class TestSettings:
    def test_the_example_of_debian_lacks_only_the_secret(self, tmp_path):
        given = settings_of("workbench.env") | {"DATA_DIR": str(tmp_path)}
        assert set(given) <= set(VARIABLES)
        assert given["SECRET_KEY"] == ""
        assert read_environment(given | {"SECRET_KEY": SECRET_KEY})["BEHIND_PROXY"]

    def test_its_data_folder_is_the_one_of_the_units(self):
        folder = settings_of("workbench.env")["DATA_DIR"]
        assert [f"/var/lib/{name}" for name in of_units("StateDirectory")] == [folder]

    def test_the_settings_are_read_where_they_are_put(self):
        (place,) = of_units("EnvironmentFile")
        assert f" {place}\n" in PAGE.read_text()
        assert f"\n. {place}\n" in (PARTS / "workbench").read_text()

    def test_a_value_means_the_same_to_the_shell(self):
        done = subprocess.run(
            ["/bin/sh", "-c", f". {PARTS / 'workbench.env'}; echo $DATA_DIR"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == settings_of("workbench.env")["DATA_DIR"]

    def test_the_database_of_the_page_is_the_local_one(self):
        (url,) = re.findall(r"^DATABASE_URL='(.+)'$", PAGE.read_text(), re.MULTILINE)
        found = Env.db_url_config(url)
        assert (found["HOST"], found["USER"], found["NAME"]) == ("", "", "workbench")


class TestAddresses:
    def test_the_port_is_the_same_everywhere(self):
        assert of_units("ListenStream") == [VARIABLES["BIND"].default]
        proxies = [(PARTS / name).read_text() for name in ("nginx.conf", "Caddyfile")]
        for text in proxies:
            assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) == {PORT}
        assert of_image("EXPOSE") == [PORT]
        assert set(re.findall(r"(?:0\.0\.0\.0|localhost):(\d+)", IMAGE)) == {PORT}
        assert COMPOSE["services"]["proxy"]["environment"]["SERVER"] == f"server:{PORT}"

    def test_the_proxies_let_through_what_the_desk_takes(self):
        for name in ("nginx.conf", "Caddyfile"):
            (limit,) = re.findall(r"size (\d+)(?:m|MB)\b", (PARTS / name).read_text())
            assert int(limit) * 1_000_000 >= 2 * LARGEST_FILE

    def test_the_proxies_wait_for_the_server(self):
        (seconds,) = re.findall(r"proxy_read_timeout (\d+)s", (PARTS / "nginx.conf").read_text())
        assert int(seconds) > server.timeout

    def test_the_health_check_asks_an_address_that_answers_without_https(
        self, client, db, settings
    ):
        settings.SECURE_SSL_REDIRECT = True
        (path,) = re.findall(r"http://localhost:\d+(/\w+)", IMAGE)
        assert client.get(path).status_code == 200
        assert "localhost" in COMPOSE["x-program"]["environment"]["ALLOWED_HOSTS"].split(",")


class TestImage:
    def test_its_python_is_the_one_that_the_packages_are_pinned_for(self):
        pinned = re.search(r"--python-version (\S+)", (ROOT / "Makefile").read_text())[1]
        assert set(re.findall(r"python(\d\.\d+)", IMAGE)) == {pinned}
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        assert project["requires-python"] == f">={pinned}"

    def test_packages_are_installed_with_their_hashes(self):
        installed = re.findall(r"pip install (.+)", IMAGE)
        assert installed
        assert all("--require-hashes" in each for each in installed)

    def test_it_does_not_run_as_root_and_holds_no_secret(self, tmp_path):
        (user,) = of_image("USER")
        assert user == re.search(r"--uid (\d+)", IMAGE)[1]
        assert f"install -d -o {user} " in PAGE.read_text()
        given = dict(each.split("=", 1) for each in shlex.split(of_image("ENV")[0]))
        assert not {name for name, each in VARIABLES.items() if each.is_secret} & given.keys()
        assert of_image("VOLUME") == [given["DATA_DIR"]]
        assert read_environment(given | {"SECRET_KEY": SECRET_KEY, "DATA_DIR": str(tmp_path)})

    def test_it_runs_the_server(self):
        command = shlex.join(yaml.safe_load(of_image("CMD")[0]))
        assert command == SERVER
        assert SERVER in commands(ROOT / "docs" / "running.md")
        assert "gunicorn" in {each.name for each in entry_points(group="console_scripts")}

    def test_what_is_copied_is_all_that_the_program_needs(self):
        """And each by its name, so that nothing else gets in."""
        copied = [
            name
            for line in of_image("COPY")
            if not line.startswith("--from")
            for name in line.split()[:-1]
        ]
        assert not {".", "./", "*"} & set(copied)
        assert all(list(ROOT.glob(name)) for name in copied)
        needed = [
            *(page.path for page in manual()),
            *(Path(place) for place in production.TEMPLATES[0]["DIRS"]),
            *(ROOT / name for name in ("claims", "workbench", "manage.py", "pyproject.toml")),
            *(ROOT / name for name in ("docs/pictures", "requirements.txt", "LICENSE")),
        ]
        for path in needed:
            top = Path(path.relative_to(ROOT).parts[0])
            assert any(top.match(name) for name in copied), path


class TestContainers:
    SERVICES = COMPOSE["services"]
    OWN = [name for name, each in SERVICES.items() if each.get("image") == "claim-workbench"]

    def test_every_command_is_there(self):
        assert self.OWN == ["migrate", "server", "worker"]
        for name in self.OWN:
            if "command" in self.SERVICES[name]:
                check(shlex.join(self.SERVICES[name]["command"]))

    def test_server_and_worker_begin_when_the_database_is_ready(self):
        for name in ("server", "worker"):
            assert self.SERVICES[name]["depends_on"] == {
                "migrate": {"condition": "service_completed_successfully"}
            }
        assert "manage.py migrate" in self.SERVICES["migrate"]["command"][-1]
        assert self.SERVICES["migrate"]["depends_on"] == {
            "database": {"condition": "service_healthy"}
        }
        assert "healthcheck" in self.SERVICES["database"]

    def test_every_setting_is_one(self):
        for name in self.OWN:
            given = self.SERVICES[name]["environment"]
            assert set(given) <= set(VARIABLES)
            filled = {key: re.sub(r"\$\{\w+:\?\}", "example", each) for key, each in given.items()}
            assert read_environment(filled | {"SECRET_KEY": SECRET_KEY})

    def test_the_example_of_settings_has_what_has_to_be_given(self):
        asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
        assert set(settings_of("compose.env")) == asked | {"SECRET_KEY"}

    def test_volumes_and_files_are_there(self):
        for each in self.SERVICES.values():
            for volume in each["volumes"]:
                place = volume.split(":")[0]
                if place.startswith("./"):
                    assert (ROOT / place).is_file()
                elif not place.startswith("$"):
                    assert place in COMPOSE["volumes"]
        data = of_image("VOLUME")[0]
        assert f"data:{data}" in COMPOSE["x-program"]["volumes"]

    def test_the_page_names_services_and_volumes_that_are_there(self):
        text = PAGE.read_text()
        named = re.findall(r"docker compose (?:exec|stop|run --rm)(?: -T)? (\w+)", text)
        assert set(named) <= set(self.SERVICES)
        assert set(re.findall(r"volume `(\w+)`", text)) == set(COMPOSE["volumes"])

    def test_who_is_told_to_stop_gets_the_time_that_it_takes(self):
        for name in self.OWN:
            assert self.SERVICES[name]["init"] is True
            assert self.SERVICES[name]["stop_grace_period"] == "90s"


def test_every_file_is_put_somewhere_by_the_page():
    named = set(re.findall(r"docs/installing/([\w.]+)", PAGE.read_text()))
    assert named == {path.name for path in PARTS.iterdir()}


def test_units_that_the_page_starts_are_there():
    units = {path.name for path in UNITS}
    started = [line for line in commands(PAGE) if line.startswith("systemctl ")]
    named = {name for line in started for name in re.findall(r"workbench-[\w.]+", line)}
    assert named
    assert {name if "." in name else f"{name}.service" for name in named} <= units


def test_the_command_of_the_machine_runs_the_program_that_the_page_installs():
    script = (PARTS / "workbench").read_text()
    assert f"{HOME}/.venv/bin/python {HOME}/manage.py" in script
    subprocess.run(["/bin/sh", "-n", PARTS / "workbench"], check=True)
