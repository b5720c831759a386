#!/bin/bash
# The image's health check: does what listens on this port answer the path (by default /readyz) with 200? Cheap, as it runs every few seconds.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "${2:-/readyz}" >&3
read -r -t 3 _ code _ <&3
[ "$code" = 200 ]
