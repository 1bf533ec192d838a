#!/bin/sh
# Pasang P2KP Desktop untuk pengguna ini, tanpa administrator: ./install.sh; copot: ./install.sh --remove
# Install P2KP Desktop for this user, without an administrator: ./install.sh; take it away: ./install.sh --remove
set -eu
here=$(dirname -- "$(readlink -f -- "$0")")
data=${XDG_DATA_HOME:-$HOME/.local/share}
target=$HOME/.local/opt/p2kp-desktop
commands=$HOME/.local/bin

say() {
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        en*) printf '%s\n' "$2" ;;
        *) printf '%s\n' "$1" ;;
    esac
}
stop() {
    say "$1" "$2" >&2
    exit 1
}

# A program that runs loads its parts when it needs them: none of them may be taken away under it.
must_be_closed() {
    for process in /proc/[0-9]*; do
        case $(readlink "$process/exe" 2>/dev/null || :) in
            "$target"/*) stop \
                "P2KP Desktop masih terbuka. Tutup dulu, lalu jalankan lagi. Tidak ada yang diubah." \
                "P2KP Desktop is still open. Close it, then run this again. Nothing was changed." ;;
        esac
    done
}

remove_links() {
    [ -d "$here/share" ] && shared=$here/share || shared=$target/share
    (cd "$shared" && find . -type f) | while read -r file; do
        rm -f "$data/$file"
    done
    rm -f "$commands/p2kp" "$commands/p2kp-desktop"
}

tell_the_desktop() {
    command -v update-mime-database >/dev/null 2>&1 && update-mime-database "$data/mime" >/dev/null 2>&1 || :
    command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$data/applications" 2>/dev/null || :
    command -v gtk-update-icon-cache >/dev/null 2>&1 && gtk-update-icon-cache -qtf "$data/icons/hicolor" 2>/dev/null || :
}

case ${1:-} in
    "") ;;
    --remove)
        must_be_closed
        remove_links
        rm -rf "$target" "$target.new" "$target.old"
        tell_the_desktop
        say "P2KP Desktop sudah dicopot. Data Anda masih ada: ruang kerja di tempat Anda menyimpannya, cadangan dan pengaturan di $data/P2KP Desktop." \
            "P2KP Desktop was removed. Your data are still there: workspaces where you keep them, backups and settings in $data/P2KP Desktop."
        exit 0 ;;
    *)
        say "./install.sh [--remove]" "./install.sh [--remove]"
        exit 2 ;;
esac

"$here/python/bin/python3.13" -IS -c "" 2>/dev/null || stop \
    "Linux ini tidak dapat menjalankan P2KP Desktop: diperlukan 64-bit (x86_64) dengan glibc @GLIBC@ atau lebih baru, misalnya Debian 11 atau Ubuntu 20.04. Tidak ada yang diubah." \
    "This Linux cannot run P2KP Desktop: it needs 64 bits (x86_64) and glibc @GLIBC@ or newer, such as Debian 11 or Ubuntu 20.04. Nothing was changed."
must_be_closed

# Everything is written beside the program that is there, which stays whole until all of it is.
if [ "$here" != "$target" ]; then
    mkdir -p "$(dirname "$target")"
    [ -e "$target" ] || [ ! -e "$target.old" ] || mv "$target.old" "$target"
    rm -rf "$target.new" "$target.old"
    if ! cp -R "$here" "$target.new"; then
        rm -rf "$target.new"
        stop "Berkas program tidak dapat ditulis lengkap. Program yang lama tetap terpasang; data Anda tidak disentuh. Periksa sisa ruang disk, lalu jalankan lagi." \
            "The program's files could not be written completely. The old program stays; your data were not touched. Check the free space of the disk, then run this again."
    fi
    [ ! -e "$target" ] || mv "$target" "$target.old"
    mv "$target.new" "$target"
    rm -rf "$target.old"
fi

mkdir -p "$data" "$commands"
(cd "$target/share" && find . -type f) | while read -r file; do
    mkdir -p "$data/$(dirname "$file")"
    cp "$target/share/$file" "$data/$file"
done
# In an Exec line a path stands in quotes, and what is special inside them behind a backslash.
quoted=$(printf '%s' "$target/p2kp-desktop" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g')
{
    grep -v '^Exec=' "$target/share/applications/p2kp-desktop.desktop"
    printf 'Exec="%s" %%F\n' "$quoted"
} >"$data/applications/p2kp-desktop.desktop"
ln -sf "$target/p2kp" "$commands/p2kp"
ln -sf "$target/p2kp-desktop" "$commands/p2kp-desktop"
tell_the_desktop
say "P2KP Desktop @VERSION@ terpasang di $target. Bukalah dari menu, atau klik dua kali berkas .p2kp atau .segel. Mencopot: $target/install.sh --remove" \
    "P2KP Desktop @VERSION@ is installed in $target. Open it from the menu, or double-click a .p2kp or .segel file. To remove it: $target/install.sh --remove"
