# SPDX-License-Identifier: Apache-2.0
# Completion of mote for bash.
_mote() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command="" word
    local commands="verify justification warp header proof para-head genesis checkpoint bundle inspect validate sync get follow submit help"
    local common="--json --help"
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
        -*) ;;
        *)
            command=$word
            break
            ;;
        esac
    done
    COMPREPLY=()
    case $previous in
    --chain)
        mapfile -t COMPREPLY < <(compgen -W "polkadot kusama westend paseo rococo rococo-v2.1 rococo-v1 paseo-v1 westend-v1" -- "$current")
        return
        ;;
    --state-version)
        mapfile -t COMPREPLY < <(compgen -W "0 1" -- "$current")
        return
        ;;
    --now | --root | --child | --key | --prefix | --set-id | --para) return ;;
    --node | --relay | --para-node | --from | --to | --state-limit | --timeout | --case | --rule | --jobs | --threads | --epoch-slots) return ;;
    --source | --para-source | --at | --genesis | --count | --storage | --arg) return ;;
    esac
    local options
    case $command in
    "")
        mapfile -t COMPREPLY < <(compgen -W "$commands $common --version" -- "$current")
        return
        ;;
    help)
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
        return
        ;;
    verify) options="--checkpoint --chain --now --threads" ;;
    justification) options="--authorities --set-id --header --threads" ;;
    warp) options="--checkpoint --authorities --set-id --chain --now --threads" ;;
    header | inspect) options="" ;;
    proof) options="--root --child --key --prefix --lenient --compact" ;;
    para-head) options="--header --para" ;;
    genesis) options="--state-version" ;;
    checkpoint)
        options="--header --authorities --set-id --chain --now --output --with-babe --source --ca --timeout --genesis
            --epoch-slots"
        ;;
    bundle)
        options="--output --chain --justification --warp --header --proof --key --prefix --child --para
            --para-proof --para-header --para-state-proof --checkpoint --now"
        ;;
    sync | submit)
        options="--chain --checkpoint --source --ca --state --now --timeout --accept-expired --genesis --epoch-slots
            --para --para-source"
        ;;
    follow)
        options="--chain --checkpoint --source --ca --state --now --timeout --accept-expired --genesis --epoch-slots
            --para --para-source --count"
        ;;
    get)
        options="--chain --checkpoint --source --ca --state --now --timeout --accept-expired --genesis --epoch-slots
            --para --para-source --storage --arg --key --prefix --child --at --bundle"
        ;;
    validate)
        options="--spec --epoch-slots --node --relay --para-node --ca --from --to --state-limit --timeout --case --rule --jobs
            --junit --tap"
        ;;
    esac
    case $current in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options $common" -- "$current") ;;
    *)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        ;;
    esac
}
complete -F _mote mote
