#!/bin/sh
# Removes Tray Agent from this Mac, for everybody:  sudo sh uninstall.sh [--dry-run]
# What people keep in their own Library stays; `tray-agent erase`, run by each, deletes that.
set -eu

label=org.trayagent.TrayAgent
app="/Applications/Tray Agent.app"

run() {
    printf '%s\n' "$*"
    if [ "${dry:-}" = "" ]; then
        "$@" || :
    fi
}

case "${1:-}" in
    --dry-run) dry=yes ;;
    "") ;;
    *) echo "usage: sudo sh uninstall.sh [--dry-run]" >&2 && exit 2 ;;
esac

for uid in $(ps -axo uid=,comm= | awk '$1 > 0 && /\/loginwindow$/ { print $1 }' | sort -un); do
    run launchctl bootout "gui/$uid/$label"
    # Also the login item that the app has made for this person.
    run launchctl asuser "$uid" sudo -H -u "#$uid" "$app/Contents/MacOS/tray-agent" autostart off
    run launchctl asuser "$uid" sudo -H -u "#$uid" "$app/Contents/MacOS/tray-agent" quit
done
run rm -f "/Library/LaunchAgents/$label.plist" /usr/local/bin/tray-agent
run rm -rf "$app"
run pkgutil --forget "$label.app"
run pkgutil --forget "$label.autostart"
