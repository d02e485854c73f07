#!/usr/bin/env bash
# Run once by the Postgres image, on an empty volume: the owner, who migrates, and the
# product's role, which owns nothing, so that Postgres can refuse what it must never do.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=owner_password="$OWNER_PASSWORD" --set=product_password="$PRODUCT_PASSWORD" <<'SQL'
CREATE ROLE at_the_table_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE at_the_table LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'product_password';
CREATE DATABASE at_the_table OWNER at_the_table_owner;
REVOKE ALL ON DATABASE at_the_table FROM PUBLIC;
GRANT CONNECT ON DATABASE at_the_table TO at_the_table;
SQL
