#!/usr/bin/env bash
# Checks the composed stack as it is shipped: tells the demo's story to a verified webhook, undisturbed, then again from the start while each
# service is killed in the middle of it. The receiver has to end with the same events under the same ids, none missing, none besides.
#
#     deploy/check.sh             needs Docker with Compose 2.20 or later, and about five minutes; what it started is gone at the end
set -euo pipefail
cd "$(dirname "$0")/.."

project="claimwatch-check-$$"
# Ports of its own, so that it can run beside a stack in use.
export KAFKA_PORT="${CHECK_KAFKA_PORT:-29092}" ALERTER_HTTP_PORT=0 FETCHER_HTTP_PORT=0 CLASSIFIER_HTTP_PORT=0 DEMO_SITE_PORT=0 DEMO_RECEIVER_PORT=0
export COMPOSE_PROFILES=demo DEMO_SECONDS="${DEMO_SECONDS:-90}"
unset KAFKA_BOOTSTRAP FETCHER_ALLOW ALERTER_ALLOW
expected="unverified likely disputed refuted"
ends_at=2017-09-28T22:00
work=$(mktemp -d)

compose() { docker compose --project-name "$project" --file deploy/compose.yaml "$@"; }
say() { printf '%5d s  %s\n' "$SECONDS" "$*"; }
fail() { say "FAILED: $*"; exit 1; }

clean_up() {
    local code=$?
    trap - EXIT INT TERM
    if [ "$code" -ne 0 ]; then
        compose ps --all || true
        compose logs --no-color --tail 25 topics demo-loader fetcher classifier alerter demo || true
    fi
    compose down --volumes --timeout 10 >"$work/down" 2>&1 || cat "$work/down"
    rm -r "$work"
    exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

quietly() { "$@" >"$work/log" 2>&1 || { cat "$work/log"; fail "$*"; }; }
story_time() { compose exec -T demo cat /demo/clock; }
received() { compose exec -T demo python -m deploy.demo.received; }

# Waits until the story has come to a moment; the moments of the story are written like its clock, so that they compare as texts.
until_story() {
    local deadline=$((SECONDS + 240))
    while [[ "$(story_time)" < "$1" ]]; do
        [ "$SECONDS" -lt "$deadline" ] || fail "the story does not get to $1, it stands at $(story_time)"
        sleep 0.5
    done
}

until_received() {
    local count deadline=$((SECONDS + 60))
    while count=$(received | wc -l) && [ "$count" -lt "$1" ]; do
        [ "$SECONDS" -lt "$deadline" ] || { received; fail "the receiver has $count of $1 events"; }
        sleep 1
    done
}

kill_and_start() {
    for service in "$@"; do
        docker kill "$(compose ps --quiet "$service")" >/dev/null
    done
    say "killed $* at $(story_time | cut -c 1-16) of the story"
    sleep 2
    for service in "$@"; do
        quietly docker start "$(compose ps --all --quiet "$service")"
    done
}

bring_up() {
    local began=$SECONDS
    quietly compose up --wait --wait-timeout 180
    say "up after $((SECONDS - began)) s"
}

# Waits for the end of the story, and a little longer for what should not come; writes what came to a file.
finish() {
    until_story "$ends_at"
    until_received "$(wc -w <<<"$expected")"
    sleep 8
    received >"$1" || fail "the receiver got something that is not in order"
    cat "$1"
}

say "building the image"
quietly compose build
say "image: $(docker image inspect --format '{{.Size}}' claimwatch | awk '{printf "%.0f MB", $1 / 1e6}')"

say "first run, undisturbed"
bring_up
finish "$work/undisturbed"
[ "$(awk '{print $5}' "$work/undisturbed" | xargs)" = "$expected" ] || fail "expected the statuses: $expected"
docker stats --no-stream --format '         {{.Name}}: {{.MemUsage}}' $(compose ps --quiet)
quietly compose down --volumes --timeout 10

say "second run, from the start, with kills"
bring_up
until_story 2017-06-16T10:15 # copies of an agency's text are being published
kill_and_start fetcher
until_story 2017-06-21 # before "highly likely": its article comes while nobody reads
kill_and_start classifier
until_story 2017-07-15 # before the denial: its event comes while nobody sends
kill_and_start alerter
until_story 2017-09-28T15:00 # the denial by the authority is published
kill_and_start fetcher classifier alerter
finish "$work/killed"
diff "$work/undisturbed" "$work/killed" || fail "the receiver ends with other events than in the undisturbed run"
say "the same events under the same ids"
