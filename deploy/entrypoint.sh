#!/bin/sh
# Runs a command in the image. While volumes hold the demo, the services take its settings: above all, the story's time is theirs.
set -eu

if [ -e /demo/clock ]; then
    if ! getent hosts demo >/dev/null; then
        echo "these volumes hold the demo, and it is not running; start it too (--profile demo), or remove them (down --volumes)" >&2
        exit 1
    fi
    export CLOCK_FILE=/demo/clock FETCHER_ALLOW=demo ALERTER_ALLOW=demo ALERTER_SUBSCRIPTIONS_FILE=/demo/subscriptions.yaml
fi
exec "$@"
