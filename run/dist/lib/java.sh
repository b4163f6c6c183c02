# Read by the programs in bin: sets where files are, java, java_version, and in quiet what keeps it from warnings: of Netty and Felix, where
# its release has them, and of an archive that another Java or another place wrote.
# The build script has no distribution around it.
[ -z "${home:-}" ] || . "$home/lib/places.sh"
if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    if [ ! -x "$java" ]; then
        echo "${0##*/}: JAVA_HOME is $JAVA_HOME, which has no bin/java" >&2
        exit 1
    fi
elif ! java=$(command -v java); then
    echo "${0##*/}: no Java found: install version 17 or newer, or set JAVA_HOME" >&2
    exit 1
fi

# The number stands in a file of every Java home; to ask the program would cost more than most of our programs take.
java_version= release=
real=$(readlink -f "$java")
if [ -r "${real%/bin/java}/release" ]; then
    while IFS='="' read -r key _ value _; do
        case $key in JAVA_VERSION) java_version=$value release=${value%%[!0-9]*} ;; esac
    done < "${real%/bin/java}/release"
fi
if [ "${release:-17}" -lt 17 ]; then
    echo "${0##*/}: $java is too old: version 17 or newer is needed" >&2
    exit 1
fi
quiet="-Xlog:cds=off -Xlog:cds+dynamic=off"
if [ "${release:-17}" -ge 24 ]; then
    quiet="$quiet --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
fi

# heap NAME VALUE: refuses what is no size for -Xmx, such as options of a virtual machine.
heap() {
    case ${2%[kKmMgG]} in
        '' | *[!0-9]* | 0*) ;;
        *) return 0 ;;
    esac
    echo "${0##*/}: $1 is '$2', and must be a size such as 128m" >&2
    exit 1
}

# ask QUESTION CONF [WORD]: what NUT's files in that directory say; no script reads them by itself. It prints the answer and
# changes nothing.
ask() {
    "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto -Xlog:disable \
        -cp "$home/system/cobnut.conf.jar:$home/system/cobnut.wire.jar" org.cobnut.conf.text.ScriptQueries "$@"
}
