#!/bin/bash
# Builds the package for this Mac's architecture into build/packages: freezes the app, signs it from the
# inside out, packs it, has Apple notarise the package and staples the ticket to it.
#
#     installers/macos/build.sh [--dry-run]      prints each command; with --dry-run it runs none
#
# Python needs the packages of requirements/run.txt and requirements/build.txt.  From the environment:
#
#     PYTHON          that Python, python3 unless set
#     APP_IDENTITY    "Developer ID Application: ..." in the keychain; without it the app is signed ad hoc
#     PKG_IDENTITY    "Developer ID Installer: ..."; without it the package says "unsigned" in its name
#     NOTARY_PROFILE  what `xcrun notarytool store-credentials` was told; without it nothing is sent to Apple
#     DIST            where the frozen app lies, build/dist unless set
#
# Sources: codesign(1), pkgbuild(1), productbuild(1), notarytool(1), stapler(1); Apple technical note TN2206
# and "Resolving common notarization issues".  Works with bash 3.2, the newest that macOS has.
set -euo pipefail

cd "$(dirname "$0")/../.."
here=installers/macos
python=${PYTHON:-python3}
dist=${DIST:-build/dist}
app="$dist/Tray Agent.app"
stage=build/package
app_identity=${APP_IDENTITY:-}
pkg_identity=${PKG_IDENTITY:-}
notary_profile=${NOTARY_PROFILE:-}
bundle_id=org.trayagent.TrayAgent
dry=

main() {
    case "${1:-}" in
        --dry-run) dry=yes ;;
        "") ;;
        *) give_up "usage: $0 [--dry-run]" ;;
    esac
    if [ -n "$notary_profile" ] && { [ -z "$app_identity" ] || [ -z "$pkg_identity" ]; }; then
        give_up "Apple notarises only what both APP_IDENTITY and PKG_IDENTITY have signed."
    fi
    local version architecture package
    version=$("$python" -m installers.macos.generate version)
    architecture=$(uname -m)
    package="build/packages/tray-agent-$version-macos-$architecture"
    [ -n "$pkg_identity" ] || package="$package-unsigned"
    package="$package.pkg"

    run "$python" -m installers.freeze
    sign_app
    stage_files "$architecture"
    pack "$version" "$package"
    [ -z "$notary_profile" ] || notarise "$package"
}

give_up() {
    printf '%s\n' "$1" >&2
    exit 2
}

run() {
    printf '%q ' "$@"
    printf '\n'
    if [ -z "$dry" ]; then
        "$@"
    fi
}

# Whatever holds code gets a signature of its own before what lies around it: one by --deep would give every
# library the rights of the programs, and Apple asks not to.
sign_app() {
    local file
    libraries | while IFS= read -r file; do sign "$file"; done
    frameworks | while IFS= read -r file; do sign "$file"; done
    other_programs | while IFS= read -r file; do sign_program "$file"; done
    sign_program "$app"
    run codesign --verify --deep --strict --verbose=2 "$app"
}

libraries() {
    in_app Frameworks -type f '(' -name '*.so' -o -name '*.dylib' ')' | sort
}

# The deepest first; a signature for the folder covers the library it is named after.
frameworks() {
    in_app Frameworks -depth -type d -name '*.framework'
}

# The one that is named after the app is signed with it.
other_programs() {
    in_app MacOS -type f -not -name TrayAgent | sort
}

in_app() {
    local part="$app/Contents/$1"
    shift
    if [ -d "$part" ]; then
        find "$part" "$@"
    elif [ -z "$dry" ]; then
        give_up "$part is missing"
    fi
}

# Ad hoc there is no team, and the hardened runtime would refuse libraries that are not of its program's team.
sign() {
    local target="$1"
    shift
    if [ -n "$app_identity" ]; then
        run codesign --force --sign "$app_identity" --timestamp --options runtime "$@" "$target"
    else
        run codesign --force --sign - "$@" "$target"
    fi
}

sign_program() {
    sign "$1" --entitlements "$here/entitlements.plist"
}

stage_files() {
    local applications="$stage/app/Applications" commands="$stage/app/usr/local/bin"
    local jobs="$stage/autostart/Library/LaunchAgents"
    run rm -rf "$stage"
    run mkdir -p "$applications" "$commands" "$jobs" "$stage/resources" build/packages
    run ditto "$app" "$applications/Tray Agent.app"
    run install -m 755 "$here/tray-agent" "$commands/tray-agent"
    run install -m 644 "$here/$bundle_id.plist" "$jobs/$bundle_id.plist"
    run install -m 644 LICENSE "$stage/resources/LICENSE"
    run "$python" -m installers.macos.generate distribution "$1" "$stage/distribution.xml"
}

pack() {
    local version="$1" package="$2"
    component app "$version" --component-plist "$here/components.plist" --scripts "$here/scripts"
    component autostart "$version" --scripts "$here/autostart"
    local parts=(--distribution "$stage/distribution.xml" --package-path "$stage" --resources "$stage/resources")
    if [ -n "$pkg_identity" ]; then
        run productbuild "${parts[@]}" --sign "$pkg_identity" --timestamp "$package"
        run pkgutil --check-signature "$package"
    else
        run productbuild "${parts[@]}" "$package"
    fi
}

component() {
    local part="$1" version="$2"
    shift 2
    run pkgbuild --root "$stage/$part" --identifier "$bundle_id.$part" --version "$version" \
        --install-location / --ownership recommended "$@" "$stage/$part.pkg"
}

# Where Apple has refused, notarytool may still end well; then there is no ticket, and stapler fails.
notarise() {
    run xcrun notarytool submit "$1" --keychain-profile "$notary_profile" --wait
    run xcrun stapler staple "$1"
    run xcrun stapler validate "$1"
    run spctl --assess --type install --verbose=2 "$1"
}

main "$@"
