# Read by programs that have upsmon in them: the helper, which root leaves behind where upsmon is to be another user.
as= flag= command= helper=

# orders CONF: what upsmon.conf there says it is for: as whom upsmon runs, POWERDOWNFLAG, SHUTDOWNCMD. It is read by root,
# so that what upsmon becomes has no say in it.
orders() {
    [ -f "$1/upsmon.conf" ] || return 0
    said=$("$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto \
        -cp "$home/system/cobnut.upsmon.jar:$home/system/cobnut.wire.jar" org.cobnut.upsmon.Orders "$1/upsmon.conf") || exit 1
    { read -r as && IFS= read -r flag && IFS= read -r command; } <<TEXT
$said
TEXT
}

# leave_helper CONF [background]: starts it. What it opens its pipes with ends with whatever this shell becomes.
leave_helper() {
    [ -n "$user" ] && [ -f "$1/upsmon.conf" ] || return 0
    others=$(find -H "$1" "$1/upsmon.conf" -maxdepth 0 \( ! -user root -o -perm /022 \))
    [ -z "$others" ] || refuse "others than root may write to" $others "and could so choose what root runs as SHUTDOWNCMD"
    [ -x "$home/lib/helper" ] || refuse "cannot run $home/lib/helper"
    dir=$(mktemp -d ${root:+-p "$root"}) && chmod 0711 "$dir" && mkfifo -m 0600 "$dir/orders" "$dir/answers" &&
        chown "$uid:$gid" "$dir/orders" "$dir/answers" || refuse "cannot make the pipes of the helper"
    if [ "${2:-}" = background ]; then
        setsid -f "$home/lib/helper" "$dir" "$flag" "$command" > /dev/null 2>&1
    else
        setsid -f "$home/lib/helper" "$dir" "$flag" "$command"
    fi
    exec 5> "$dir/orders"
    helper=${dir#"$root"}
}
