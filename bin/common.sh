# What the scripts in this folder share; sourced, never run. Everything said here goes to stderr: verbs answer on stdout.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
server="$root/src/Tripos.Server/bin/Release/net10.0/Tripos.Server.dll"
tools="$root/.tools"

say() { printf '%s\n' "$*" >&2; }

die() { say "$*"; exit 1; }

# Installs packages of the system when that needs no password, else says what is missing.
# install WHAT-FOR PACKAGE...
install() {
    local purpose="$1"
    shift
    local command="apt-get install -y --no-install-recommends $*"
    command -v apt-get > /dev/null || die "$purpose: install $* with your package manager, then run this again."
    local prefix=()
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
            prefix=(sudo -n)
        else
            die "$purpose: run as root: $command"
        fi
    fi
    say "$purpose: installing $*"
    {
        ${prefix[@]+"${prefix[@]}"} apt-get update -qq &&
            ${prefix[@]+"${prefix[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } > "$tools/apt.log" 2>&1 || { tail -n 20 "$tools/apt.log" >&2; die "That failed; the whole log is $tools/apt.log."; }
}

# What the local evaluator listens with, and the voices its tests speak with. A server works without: it says that it did not evaluate.
speech_packages=(pocketsphinx pocketsphinx-en-us ffmpeg espeak-ng)

has_speech() {
    command -v pocketsphinx_batch > /dev/null && command -v ffmpeg > /dev/null && command -v espeak-ng > /dev/null && [ -e /usr/share/pocketsphinx/model/en-us/en-us.lm.bin ]
}

# Is anything in the paths newer than the stamp? Folders count too: they change when a file is removed.
changed_since() {
    local stamp="$1"
    shift
    [ ! -e "$stamp" ] || [ -n "$(find "$@" \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit)" ]
}

need_dotnet() {
    command -v dotnet > /dev/null || die "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
    (cd "$root" && dotnet --version > /dev/null 2>&1) || die "Tripos needs the .NET 10 SDK; installed: $(dotnet --list-sdks | tr '\n' ' ')"
}

# PostgreSQL and the libraries of the pages, exactly as package-lock.json names them.
need_packages() {
    changed_since "$tools/packages" "$root/package.json" "$root/package-lock.json" || return 0
    command -v npm > /dev/null || install "npm, which fetches the libraries of the pages and PostgreSQL, is missing" npm
    say "Fetching the libraries of the pages and PostgreSQL"
    (cd "$root" && npm ci --ignore-scripts --loglevel=error > "$tools/npm.log" 2>&1) || { tail -n 20 "$tools/npm.log" >&2; die "npm failed; the whole log is $tools/npm.log."; }
    copy_libraries
    copy_dictionaries
    touch "$tools/packages"
}

# Only what pages load: wwwroot/lib is served to everybody.
copy_libraries() {
    local from="$root/node_modules" to="$root/src/Tripos.Server/wwwroot/lib"
    rm -rf "$to"
    mkdir -p "$to/pico" "$to/htmx" "$to/highlight/languages" "$to/uplot" "$to/katex" "$to/signalr"
    cp "$from/@picocss/pico/css/pico.classless.min.css" "$to/pico/"
    cp "$from/htmx.org/dist/htmx.min.js" "$to/htmx/"
    cp "$from/@highlightjs/cdn-assets/es/core.min.js" "$to/highlight/"
    local language
    for language in bash c cpp csharp css go java javascript json kotlin php python ruby rust sql swift typescript xml yaml; do
        cp "$from/@highlightjs/cdn-assets/es/languages/$language.min.js" "$to/highlight/languages/"
    done
    cp "$from/katex/dist/katex.min.js" "$to/katex/"
    cp "$from/@microsoft/signalr/dist/browser/signalr.min.js" "$to/signalr/"
    cp "$from/uplot/dist/uPlot.esm.js" "$from/uplot/dist/uPlot.min.css" "$to/uplot/"
}

# The spelling dictionaries the scoring library reads, with their licences.
copy_dictionaries() {
    local to="$root/src/Tripos.Scoring/Dictionaries" name file
    rm -rf "$to"
    mkdir -p "$to"
    for name in en en-gb; do
        for file in index.aff index.dic license; do
            cp "$root/node_modules/dictionary-$name/$file" "$to/${file/index/$name}"
        done
        mv "$to/license" "$to/$name.license"
    done
}

# build NAME PROJECT SOURCE...: builds unless nothing changed since the last time.
build() {
    local name="$1" project="$2"
    shift 2
    local sources=("$@" "$root/db/migrations" "$root/samples" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" "$root/.editorconfig" "$tools/packages")
    changed_since "$tools/built-$name" "${sources[@]}" || return 0
    local folder
    for folder in "$root"/src/*/ "$root"/tests/*/ "$root"/bench/; do
        mkdir -p "$folder/bin" "$folder/obj" # before the stamp: making them changes the folders it is compared with
    done
    touch "$tools/building-$name"
    say "Building $name"
    (cd "$root" && dotnet build "$project" -c Release -v quiet --nologo > "$tools/build.log" 2>&1) || { sort -u "$tools/build.log" | grep -E 'error|warning' >&2; die "The build failed; the whole log is $tools/build.log."; }
    mv "$tools/building-$name" "$tools/built-$name"
}

mkdir -p "$tools"

setup_server() {
    need_dotnet
    need_packages
    build server "$root/src/Tripos.Server" "$root/src"
}
