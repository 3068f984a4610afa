# syntax=docker/dockerfile:1
# One image for web, worker, beat and migrations. It holds no secret: each comes at run time.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/venv
COPY requirements/run.txt /tmp/run.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/run.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=missingchildren.settings.production \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin serves
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/missingchildren
COPY . .
# Collecting reads the settings, not the services: these values end with this line.
RUN SECRET_KEY=build DATA_KEYS=build ALLOWED_HOSTS=build SITE_URL=https://build.invalid \
    DATABASE_URL=postgres://build.invalid/build REDIS_URL=redis://build.invalid \
    EMAIL_URL=dummymail:// python manage.py collectstatic --no-input --verbosity 0
USER serves
EXPOSE 8000
CMD ["gunicorn", "missingchildren.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket"]
