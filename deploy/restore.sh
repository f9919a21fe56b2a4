#!/bin/sh
# Puts back what deploy/backup.sh saved; everything written since is gone. The services start again migrated.
# usage: deploy/restore.sh FOLDER
set -eu
cd "$(dirname "$0")/.."
folder=${1:?папка резервной копии / folder of the backup}
services="registry events expertise reports"
for service in $services; do
    [ -s "$folder/$service.dump" ] || { echo "$folder/$service.dump: нет / absent" >&2; exit 1; }
done

docker compose up --detach --wait postgres
# shellcheck disable=SC2046,SC2086  # lists of names
docker compose stop $(printf '%s-web ' $services) $(printf '%s-worker ' $services)
for service in $services; do
    docker compose exec -T postgres dropdb -U postgres --if-exists --force "$service"
done
# Makes the databases and their rights anew.
docker compose exec -T postgres sh /docker-entrypoint-initdb.d/10-services.sh
for service in $services; do
    docker compose exec -T postgres \
        pg_restore -U postgres --no-owner --role "$service" --exit-on-error --dbname "$service" <"$folder/$service.dump"
done
docker compose up --detach --wait
