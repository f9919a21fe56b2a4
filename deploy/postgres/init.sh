#!/bin/sh
# One database and one role per service, and no way across. Runs at the first start of an empty volume;
# may be run again at any time: it makes what is absent and sets the passwords of the present secrets.
#   docker compose exec postgres sh /docker-entrypoint-initdb.d/10-services.sh
set -eu
secrets=${SECRETS:-/run/secrets}
sql() { psql -v ON_ERROR_STOP=1 --quiet --no-psqlrc --username "${POSTGRES_USER:-postgres}" --dbname postgres "$@"; }

for service in registry events expertise reports; do
    sql -v service="$service" -v password="$(cat "$secrets/${service}_database_password")" <<'SQL'
SELECT format('CREATE ROLE %I', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec
ALTER ROLE :"service" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8''', :'service', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done
sql --command 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
