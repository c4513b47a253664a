#!/bin/sh
# Logs in with curl, and with wscat joins a room, shows what was said before, says something and listens for a moment: what a cron job or
# a build server needs.
#
#   PASSWORD=... ./chat.sh http://localhost:8080 general ann "The build is green."
#
# Makes the account ann at the first time. Needs curl 7.82, and Node's npx for wscat (https://github.com/websockets/wscat).
set -eu

server=${1:-http://localhost:8080} room=${2:-general} username=${3:-ann} text=${4:-"The build is green."}
: "${PASSWORD:?Set PASSWORD, of 8 characters or more.}"
server=${server%/}

# The value of a field of a flat JSON object. Fine for tokens; take jq for more.
field() { sed -n "s/.*\"$1\" *: *\"\\([^\"]*\\)\".*/\\1/p"; }

# By way of standard input, so that no password stands in the list of processes.
credentials() { printf '{"username":"%s","password":"%s"}' "$username" "$PASSWORD"; }
post() { curl -sS --json @- "$@"; }

token=$(credentials | post "$server/api/v1/sessions" | field accessToken)
if [ -z "$token" ]; then
    credentials | post --fail "$server/api/v1/accounts" > /dev/null
    token=$(credentials | post --fail "$server/api/v1/sessions" | field accessToken)
fi

# Without -x and -w it is a chat in the terminal.
npx --yes wscat@6 -H "Authorization: Bearer $token" -s chat.text -c "$(echo "$server" | sed 's/^http/ws/')/ws/$room" \
    -x "/history 10" -x "$text" -w 2
