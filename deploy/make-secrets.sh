#!/bin/sh
# Makes what is absent, changes nothing that is there: random secrets in deploy/secrets and .env from .env.example.
# The files are readable inside the containers, whose users are not yours; the folder keeps others out.
set -eu
cd "$(dirname "$0")/.."
folder=deploy/secrets
umask 077
mkdir -p "$folder"

random() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }
put() { # put NAME VALUE
    [ -s "$folder/$1" ] || printf %s "$2" >"$folder/$1"
    chmod 0444 "$folder/$1"
}

put postgres_password "$(random)"
for service in registry events expertise reports; do
    put "${service}_secret_key" "$(random)"
    put "${service}_database_password" "$(random)"
    put "${service}_amqp_password" "$(random)"
    put "${service}_database_url" \
        "postgresql+psycopg://$service:$(cat "$folder/${service}_database_password")@postgres:5432/$service"
    put "${service}_amqp_url" "amqp://$service:$(cat "$folder/${service}_amqp_password")@rabbitmq:5672/metodset"
done

if [ ! -e .env ]; then
    cp .env.example .env
    echo "Сделаны .env и $folder · made .env and $folder"
fi
