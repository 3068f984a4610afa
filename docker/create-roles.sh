#!/bin/sh
# Run by the postgres image when it makes its cluster: one role owns and migrates, one serves.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE missingchildren_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE missingchildren_app LOGIN PASSWORD :'app_password';
CREATE DATABASE missingchildren OWNER missingchildren_owner;
REVOKE ALL ON DATABASE missingchildren FROM PUBLIC;
GRANT CONNECT ON DATABASE missingchildren TO missingchildren_app;
SQL
