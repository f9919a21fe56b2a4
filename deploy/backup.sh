#!/bin/sh
# Saves the four databases: deploy/backups/<time>/<service>.dump. Pages stay up; the workers rest meanwhile, so that
# no service's copy is younger than the fact it copies. RabbitMQ needs no backup: what is unsent lies in outboxes.
# usage: deploy/backup.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
folder=${1:-deploy/backups/$(date -u +%Y%m%dT%H%M%SZ)}
services="registry events expertise reports"
workers=$(printf '%s-worker ' $services)

umask 077
mkdir -p "$folder"
# shellcheck disable=SC2086  # a list of names
docker compose stop $workers
trap 'docker compose start $workers' EXIT
for service in $services; do
    docker compose exec -T postgres pg_dump -U postgres --format custom --no-owner "$service" >"$folder/$service.dump"
done
echo "$folder"
