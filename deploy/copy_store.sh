#!/bin/bash
# Copies a store while it is in use, and brings the copy up to date when repeated: docs/run.md, "Backup and restore".
#
#     deploy/copy_store.sh STORE COPY [FOLDER ...]
#
# FOLDER is one of views, mappings, people, room and ended, which are not part of what is published. Needs rsync, which
# gives a file its name only once it is whole, and `dashboard`.
set -euo pipefail
store=$1 copy=$2
shift 2
mkdir -p "$copy"
# Marks the copy, so that nobody publishes to it.
touch "$copy/REPLICA"
# The pointer is read first and put in place last: whoever reads the copy always sees a whole publication. If somebody
# published or pruned meanwhile, the files are copied again, as what the pointer names could be gone.
while :; do
  cp "$store/CURRENT" "$copy/CURRENT.next"
  held=$(ls "$store/publications")
  rsync -a "$store/publications" "$store/moves" "$copy"
  cmp -s "$store/CURRENT" "$copy/CURRENT.next" && break
done
mv "$copy/CURRENT.next" "$copy/CURRENT"
# What was pruned goes once nothing in the copy names it.
ls "$copy/publications" | { grep -vxF "$held" || true; } | (cd "$copy/publications" && xargs -r rm --)
for folder in "$@"; do
  if [ -d "$store/$folder" ]; then rsync -a --delete "$store/$folder" "$copy"; fi
done
date -u +%FT%TZ > "$copy/REPLICA"
dashboard history --verify --store "$copy"
