# The program, built in one stage and run in another: docs/installing.md. Packages of Debian have no versions here, so that
# each build gets the security fixes of its release.
# hadolint global ignore=DL3008
FROM debian:bookworm-slim AS program
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3.11-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/workbench
RUN python3.11 -m venv .venv
COPY requirements.txt .
RUN .venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
# Folder by folder: no data, no settings and no history can get into the image.
COPY *.md LICENSE manage.py pyproject.toml ./
COPY claims claims/
COPY docs docs/
COPY templates templates/
COPY workbench workbench/
RUN .venv/bin/python -m compileall -q claims workbench

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-client python3.11 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin workbench \
    && install -d -o workbench -g workbench -m 700 /data
COPY --from=program /opt/workbench /opt/workbench
WORKDIR /opt/workbench
ENV BIND=0.0.0.0:8000 \
    DATA_DIR=/data \
    PATH=/opt/workbench/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1
USER 10001
VOLUME /data
EXPOSE 8000
# Asks by this name, which therefore has to be in ALLOWED_HOSTS.
HEALTHCHECK --start-period=60s --timeout=10s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://localhost:8000/healthz', timeout=9)"]
CMD ["gunicorn", "--config", "python:workbench.server", "workbench.wsgi"]
