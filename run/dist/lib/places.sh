# Read by every program in bin: where NUT's files and the state are. lib/places says it, in lines NAME=/PATH, for who installed
# this distribution; a variable of the environment wins. A program that sets part has a state path of its own, as upsmon has.
if [ -f "$home/lib/places" ]; then
    line=0 conf_place='' state_place='' own_place='' monitor_place=''
    while IFS= read -r place || [ -n "$place" ]; do
        line=$((line + 1))
        case $place in
            '' | '#'*) ;;
            NUT_CONFPATH=/*) conf_place=${place#*=} ;;
            NUT_STATEPATH=/*) state_place=${place#*=} ;;
            UPSMON_STATEPATH=/*) monitor_place=${place#*=} ;;
            *)
                echo "${0##*/}: $home/lib/places:$line: '$place' is not understood; a line is NUT_CONFPATH=, NUT_STATEPATH= or UPSMON_STATEPATH= and a path that begins with /" >&2
                exit 1
                ;;
        esac
    done < "$home/lib/places"
    [ "${part:-}" != upsmon ] || own_place=$monitor_place
    state_place=${own_place:-$state_place}
    # By it nutctl finds an upsmon that runs alone.
    [ "${0##*/}" != nutctl ] || [ -n "${NUT_STATEPATH:-}" ] || [ -z "$monitor_place" ] || export UPSMON_STATEPATH="$monitor_place"
    [ -n "${NUT_CONFPATH:-}" ] || [ -z "$conf_place" ] || export NUT_CONFPATH="$conf_place"
    [ -n "${NUT_STATEPATH:-}" ] || [ -z "$state_place" ] || export NUT_STATEPATH="$state_place"
fi
