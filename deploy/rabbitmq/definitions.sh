#!/bin/sh
# Prints RabbitMQ's definitions: the virtual host, one user per service, what each may do.
# usage: definitions.sh FOLDER, where FOLDER/<service>_amqp_password holds the passwords.
# Only sh and coreutils: it runs inside the RabbitMQ image. Queues are declared by the services themselves.
set -eu
folder=$1

# RabbitMQ's own form: base64(salt + sha256(salt + password)).
hash() {
    salt=$(od -An -tx1 -N4 /dev/urandom | tr -d ' \n')
    digest=$({ bytes "$salt"; tr -d '\n' <"$1"; } | sha256sum | cut -d ' ' -f 1)
    bytes "$salt$digest" | base64 -w 0
}
# Hex to bytes. printf understands octal everywhere, \x only in bash.
bytes() {
    for pair in $(printf %s "$1" | sed 's/../& /g'); do
        # shellcheck disable=SC2059  # the format is the point
        printf "\\$(printf %03o "0x$pair")"
    done
}

users= permissions= topics= comma=
for service in registry events expertise reports; do
    file=$folder/${service}_amqp_password
    [ -s "$file" ] || { echo "definitions.sh: $file: нет пароля / no password" >&2; exit 1; }
    users="$users$comma
    {\"name\": \"$service\", \"password_hash\": \"$(hash "$file")\",
     \"hashing_algorithm\": \"rabbit_password_hashing_sha256\", \"tags\": []}"
    # Own two queues, the common exchange; the default exchange is where dead letters leave through.
    own="$service\\\\.(in|dead)"
    permissions="$permissions$comma
    {\"user\": \"$service\", \"vhost\": \"metodset\",
     \"configure\": \"^($own|metodset\\\\.events)\$\",
     \"write\": \"^($own|metodset\\\\.events|amq\\\\.default)\$\",
     \"read\": \"^($own|metodset\\\\.events)\$\"}"
    # A service tells in its own name only; it may listen to everybody.
    topics="$topics$comma
    {\"user\": \"$service\", \"vhost\": \"metodset\", \"exchange\": \"metodset.events\",
     \"write\": \"^$service\\\\.\", \"read\": \".*\"}"
    comma=,
done

cat <<END
{
  "vhosts": [{"name": "metodset"}],
  "users": [$users
  ],
  "permissions": [$permissions
  ],
  "topic_permissions": [$topics
  ]
}
END
