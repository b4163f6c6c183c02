# Read by the programs in bin that serve: daemon starts one in the foreground or, as NUT's do unless told otherwise, in the
# background. Java cannot fork, so the waiting is done here: until the program serves, or has said why it cannot.
. "$home/lib/account.sh"

# foreground LETTERS WORD...: whether these options keep it at the terminal, or are done with at once. The last of -F and -B
# counts, -D only without them.
foreground() {
    letters=$1 ground=
    shift
    OPTIND=1
    while getopts ":$letters" letter "$@"; do
        case $letter in
            F | B) ground=$letter ;;
            D) ground=${ground:-D} ;;
            [hVcLkd:?]) return 0 ;;
        esac
    done
    shift $((OPTIND - 1))
    [ $# -gt 0 ] || [ "$ground" = F ] || [ "$ground" = D ]
}

# A jail has no way to the system log, so standard input leads there.
log() {
    case ${NUT_DEBUG_SYSLOG:-} in none | stderr) return ;; esac
    fifo=$(mktemp -d) && mkfifo "$fifo/log" || exit 1
    setsid setpriv --reuid="$uid" --regid="$gid" --init-groups \
        logger -t "$program" -p daemon.notice --prio-prefix < "$fifo/log" > /dev/null 2>&1 3>&- 6>&- &
    exec 0> "$fifo/log"
    rm -r "$fifo"
    export COBNUT_LOGGER=stdin
}

# daemon PROGRAM FLAGS LETTERS WORD...: FLAGS are those of the virtual machine, and others may stand in the file that options
# names.
options='' helper=''
daemon() {
    program=$1 flags=$2 letters=$3
    shift 3
    detach=
    foreground "$letters" "$@" || detach='setsid -f'
    # shellcheck disable=SC2086 # words
    set -- $quiet ${archive:+"-XX:SharedArchiveFile=$archive"} ${options:+"@$options"} $flags -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto \
        -Dcobnut.home="$home" -Dcobnut.program="$program" ${user:+"-Dcobnut.user=$user"} ${root:+"-Dcobnut.root=$root"} \
        ${helper:+"-Dcobnut.helper=$helper"} \
        -cp "$home/lib/cobnut.launcher.jar:$home/lib/felix.jar" org.cobnut.launcher.Main "$@"
    [ -n "$detach" ] || become "$java" "$@"

    exec 3>&2 < /dev/null
    [ -z "$root" ] || log
    # Java lets go of this pipe when it serves, and whatever ends it does, too.
    said=$(become "$java" "$@" 2>&3 3>&-)
    case $said in
        *'cobnut: serving')
            said=${said%'cobnut: serving'}
            printf '%s' "$said"
            exit 0
            ;;
        *)
            [ -z "$said" ] || printf '%s\n' "$said"
            exit 1
            ;;
    esac
}
