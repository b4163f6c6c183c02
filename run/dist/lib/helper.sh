# Read by programs that have upsmon in them: the helper, which root leaves behind where upsmon is to be another user.
as='' flag='' command=''
. "$home/lib/trust.sh"

# orders CONF: what upsmon.conf there says it is for: as whom upsmon runs, POWERDOWNFLAG, SHUTDOWNCMD. It is read by root,
# so that what upsmon becomes has no say in it.
orders() {
    [ -f "$1/upsmon.conf" ] || return 0
    said=$("$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto \
        -cp "$home/system/cobnut.upsmon.jar:$home/system/cobnut.wire.jar" org.cobnut.upsmon.shutdown.RootDirectives "$1/upsmon.conf") || exit 1
    { read -r as && IFS= read -r flag && IFS= read -r command; } <<TEXT
$said
TEXT
}

# trusted CONF: refuses files that others than root could choose by what root runs.
trusted() {
    for part in "$1/upsmon.conf" "$1"; do
        [ -e "$part" ] || continue
        real=$(readlink -f -- "$part") || real=$part
        ! others=$(foreign "$real") ||
            refuse "others than root may write to $others and could so choose what root runs as SHUTDOWNCMD"
    done
}

# leave_helper CONF [background]: starts it. It ends with whatever this shell becomes: the descriptor life is that one's alone.
leave_helper() {
    if [ -z "$user" ] || [ ! -f "$1/upsmon.conf" ]; then return 0; fi
    trusted "$1"
    [ -x "$home/lib/helper" ] || refuse "cannot run $home/lib/helper"
    dir=$(mktemp -d ${root:+-p "$root"}) && chmod 0711 "$dir" && mkfifo -m 0600 "$dir/orders" "$dir/answers" "$dir/life" &&
        chown "$uid:$gid" "$dir/orders" "$dir/answers" || refuse "cannot make the pipes of the helper"
    if [ "${2:-}" = background ]; then
        setsid -f "$home/lib/helper" "$dir" "$flag" "$command" > /dev/null 2>&1
    else
        setsid -f "$home/lib/helper" "$dir" "$flag" "$command"
    fi
    exec 6> "$dir/life"
    life=6 helper=${dir#"$root"}
}
