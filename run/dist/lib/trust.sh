# Read by what root runs: who else could change where a path leads.

# foreign PATH: prints the first component of an absolute path without links, from its end to /, that another account than
# root may change, with its owner and mode; fails when there is none. In a sticky directory, such as /tmp, nobody replaces
# what is root's: it may be on the way, but not the end.
foreign() {
    at=$1 way=
    while :; do
        if [ -e "$at" ] || [ -h "$at" ]; then
            # shellcheck disable=SC2086 # words
            bad=$(find "$at" -maxdepth 0 \( -type l -o ! -user 0 -o -perm -0002 $way -o -perm -0020 ! -group 0 $way \)) || bad=$at
            if [ -n "$bad" ]; then
                stat -c '%n (owner %U, mode %a)' -- "$at"
                return 0
            fi
            way='! -perm -1000'
        fi
        [ "$at" != / ] || return 1
        at=$(dirname -- "$at")
    done
}
