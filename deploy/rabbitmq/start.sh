#!/bin/sh
# Starts RabbitMQ with definitions made from the secrets of this start; so changing a password is:
# new secret, restart. The image's own entry point does the rest.
set -eu
/opt/metodset/definitions.sh /run/secrets >/run/metodset/definitions.json
exec docker-entrypoint.sh rabbitmq-server
