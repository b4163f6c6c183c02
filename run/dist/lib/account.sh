# Read by the programs in bin that serve: -u USER and -r DIR. Java can change neither its user nor its root directory for all
# of its threads, so both are changed here before it starts: what serves never
# runs as root.
user='' root='' keep='' detach='' life='' left_open=''

# The classes that lib/archive has written for this very Java. Told of a file that is not there, Java would do without its
# own, too.
archive=$home/lib/cobnut-$java_version.jsa
[ -f "$archive" ] || archive=

# account PROGRAM LETTERS WORD...: obeys them from here on. Who is not root stays who it is, and is told of -r by Java.
account() {
    told "$@"
    settle
}

# told PROGRAM LETTERS WORD...: finds user and root among these options.
told() {
    program=$1 letters=$2 user= root=
    shift 2
    OPTIND=1
    while getopts ":$letters" letter "$@"; do
        case $letter in
            u) user=$OPTARG ;;
            r) root=$OPTARG ;;
            # It only tells something, to a person or to one that runs.
            [chVL:?])
                user= root=
                return 0
                ;;
        esac
    done
    if [ "$(id -u)" != 0 ]; then
        user= root=
    fi
}

# named LETTERS WORD...: finds the user that ups.conf names for the section of option -a, or else for all; as NUT's drivers, only
# root can become it.
named() {
    [ "$(id -u)" = 0 ] && ! has '[chVL:?]' "$@" || return 0
    letters=$1 ups=
    shift
    OPTIND=1
    while getopts ":$letters" letter "$@"; do
        case $letter in a) ups=$OPTARG ;; esac
    done
    file=$root${NUT_CONFPATH:-$home/etc}/ups.conf
    # Where the word stands nowhere, no Java is asked.
    [ -n "$ups" ] && [ -r "$file" ] && grep -q user -- "$file" || return 0
    user=$(ask user "${file%/*}" "$ups") || refuse "cannot find out which user $file names"
    [ -z "$user" ] || id -u "$user" > /dev/null 2>&1 || refuse "OS user $user not found, whom $file names"
}

# has PATTERN LETTERS WORD...: whether one of these options matches.
has() {
    pattern=$1 letters=$2
    shift 2
    OPTIND=1
    while getopts ":$letters" letter "$@"; do
        case $letter in $pattern) return 0 ;; esac
    done
    return 1
}

# Makes sure of user and root.
settle() {
    if [ -n "$root" ] && [ -z "$user" ]; then
        refuse "-r $root wants -u: no jail holds root"
    fi
    [ -n "$user" ] || return 0
    if ! uid=$(id -u "$user" 2> /dev/null); then
        # Of an option -u, a program that serves says so itself, and ends.
        case ${root:+jail}$program in jail* | upslog | upsmon) refuse "OS user $user not found" ;; esac
        user=
        return 0
    fi
    if [ "$uid" = 0 ]; then
        [ -z "$root" ] || refuse "-r $root wants another user than $user: no jail holds root"
        user=
        return 0
    fi
    command -v setpriv > /dev/null || refuse "there is no setpriv (of util-linux), by which root becomes $user"
    gid=$(id -g "$user") groups=$(id -G "$user" | tr ' ' ',')
    # A server may open a port that only root may open, where its files want one.
    case $program in
        upsd | cobnut)
            low=$(ask low-port "$root${NUT_CONFPATH:-$home/etc}") || refuse "cannot find out which ports upsd.conf names"
            [ "$low" != yes ] || keep=,+net_bind_service
            ;;
    esac
    close_inherited
    [ -z "$root" ] || enter
}

# What whoever started this has open is not the user's, and could lead out of a jail. A shell of POSIX can name descriptors of
# one digit only; left_open are the others, but for those that the shell opened and the system closes.
close_inherited() {
    for fd in 3 4 5 6 7 8 9; do eval "exec $fd>&-"; done
    left_open=
    for info in /proc/self/fdinfo/??*; do
        [ -r "$info" ] || continue
        flags=0
        while read -r key value; do
            [ "$key" != flags: ] || flags=$value
        done < "$info"
        [ $((0$flags & 02000000)) != 0 ] || left_open="$left_open ${info##*/}"
    done
    [ -z "$left_open" ] || command -v bash > /dev/null || command -v perl > /dev/null ||
        refuse "descriptors are open that $user must not have, and neither bash nor perl is there to close them:$left_open"
}

# closing COMMAND WORD...: in place of this shell, without the descriptors that are left.
closing() {
    if [ -z "$left_open" ]; then
        exec $detach "$@"
    elif command -v bash > /dev/null; then
        # shellcheck disable=SC2016 # bash expands it
        exec $detach bash -c 'for fd in $1; do eval "exec $fd>&-"; done; shift; exec "$@"' bash "$left_open" "$@"
    fi
    # shellcheck disable=SC2016 # and perl this
    exec $detach perl -MPOSIX -e 'POSIX::close($_) for split " ", shift; exec @ARGV' "$left_open" "$@"
}

refuse() {
    echo "$program: $*" >&2
    exit 1
}

# Makes sure of the jail, and that what runs there is what would run here.
enter() {
    jail=$root
    root=$(cd -- "$jail" 2> /dev/null && pwd -P) || refuse "there is no jail $jail: make it with: nutctl jail -u $user $jail"
    for part in "$root/java/bin/java" "$root$home/lib/cobnut.launcher.jar"; do
        [ -f "$part" ] || refuse "$jail is no jail for this: there is no $part; make it with: nutctl jail -u $user $jail"
    done
    java=/java/bin/java archive=
    # Without /proc, Java closes all that could be open, one by one, before it runs another program.
    most=$(ulimit -n)
    [ "$most" != unlimited ] && [ "$most" -le 65536 ] || ulimit -n 65536
}

# become COMMAND WORD...: in place of this shell, as that user, in that jail, without anything that root may do and with no way
# back to it. detach says what it is started by.
become() {
    if [ -z "$user" ]; then
        exec $detach "$@"
    fi
    if [ -z "$root" ]; then
        closing setpriv --reuid="$uid" --regid="$gid" --init-groups --bounding-set=-all"$keep" --inh-caps=-all"$keep" \
            ${keep:+--ambient-caps=-all$keep} --no-new-privs "$@"
    fi
    # No setpriv is in the jail, so chroot becomes the user. What it needs for that goes when it starts Java; for the port's
    # sake the change of the user must not take everything.
    closing setpriv --bounding-set=-all,+sys_chroot,+setuid,+setgid"$keep" --inh-caps=-all"$keep" \
        ${keep:+--ambient-caps=-all$keep --securebits=+no_setuid_fixup} --no-new-privs \
        chroot --groups="$groups" --userspec="$uid:$gid" "$root" "$@"
}
