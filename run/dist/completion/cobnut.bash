# Completion of Cobnut's programs in bash: lib/complete of the distribution knows what may come next.
_cobnut() {
    local home current=${COMP_WORDS[COMP_CWORD]}
    home=$(readlink -f -- "$(command -v -- "$1")") || return
    mapfile -t COMPREPLY < <(compgen -W "$("${home%/bin/*}/lib/complete" "${COMP_WORDS[@]:0:COMP_CWORD+1}" 2> /dev/null)" -- "$current")
    # A value follows at once.
    [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2> /dev/null
}
complete -o default -F _cobnut cobnut nut-scanner nutctl upsc upscmd upsd upsdrvctl upslog upsmon upsrw upssched
