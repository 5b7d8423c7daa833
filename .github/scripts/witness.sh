# One visit of a witness: fetch its memory, look at the log, push memory and cosignatures in one commit.
# The push is not forced: of two visits at once one fails, and what it signed is seen by nobody.
set -euo pipefail
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraHeader GIT_TERMINAL_PROMPT=0
GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 | tr -d '\n')"
export GIT_CONFIG_VALUE_0
work="$RUNNER_TEMP/witness"
umask 077
mkdir -p "$work"
printf '%s\n' "$WITNESS_KEY" > "$work/key"
printf '%s\n' "$WITNESS_POLICY" > "$work/policy"
trap 'rm -f "$work/key"' EXIT

git init -q -b svidok "$work/svidok"
there=0
git ls-remote --exit-code "$REMOTE" refs/heads/svidok > /dev/null || there=$?
if [ "$there" = 0 ]; then
  git -C "$work/svidok" fetch -q --depth=1 "$REMOTE" svidok
  git -C "$work/svidok" reset -q --hard FETCH_HEAD
elif [ "$there" != 2 ]; then # only «no such branch» means that there is no memory yet
  echo "Пам’яті свідка не взяти: сховище не відповідає." >&2
  exit 3
fi

status=0
python3 tasks.py verify witness --site "$WITNESS_SITE" --policy "$work/policy" --key "$work/key" \
  --state "$work/svidok/state.json" --out "$work/svidok" || status=$?

cd "$work/svidok"
git add -A
if ! git diff --cached --quiet; then
  git -c user.name=Свідок -c user.email=svidok@localhost -c commit.gpgsign=false commit -q -m "Свідчення"
  git push -q "$REMOTE" HEAD:refs/heads/svidok
fi
exit "$status"
