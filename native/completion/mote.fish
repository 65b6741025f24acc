# SPDX-License-Identifier: Apache-2.0
# Completion of mote for fish.
set -l commands verify justification warp header proof para-head genesis checkpoint bundle inspect validate sync get follow submit help
set -l none "not __fish_seen_subcommand_from $commands"
complete -c mote -n $none -f
complete -c mote -n $none -a verify -d 'Verify a proof bundle from a trusted checkpoint'
complete -c mote -n $none -a justification -d 'Verify a GRANDPA justification'
complete -c mote -n $none -a warp -d 'Verify a warp proof, every hand-over'
complete -c mote -n $none -a header -d 'Decode and hash headers, check their links'
complete -c mote -n $none -a proof -d 'Read keys in a storage proof'
complete -c mote -n $none -a para-head -d 'Read a parachain head in a relay state'
complete -c mote -n $none -a genesis -d 'Compute a genesis block from its state'
complete -c mote -n $none -a checkpoint -d 'Make or show a compact checkpoint'
complete -c mote -n $none -a bundle -d 'Make a proof bundle and check it'
complete -c mote -n $none -a inspect -d 'Say what a file is'
complete -c mote -n $none -a validate -d 'Judge vectors, chains or a node, rule by rule'
complete -c mote -n $none -a sync -d 'Follow a running chain to its newest final block'
complete -c mote -n $none -a get -d 'Read accounts and storage of a running chain'
complete -c mote -n $none -a follow -d 'Print each new final head'
complete -c mote -n $none -a submit -d 'Send a transaction and prove its inclusion'
complete -c mote -n $none -a help -d 'Help on a command'
complete -c mote -n $none -l version -d 'Print the version'
complete -c mote -l json -d 'Print one JSON object'
complete -c mote -s h -l help -d 'Print help'

function __mote_option
    set -l name $argv[1]
    set -l text $argv[2]
    set -l used_by $argv[3..-1]
    complete -c mote -n "__fish_seen_subcommand_from $used_by" -l $name -r -d $text
end
__mote_option checkpoint 'Where trust starts' verify warp bundle sync get follow submit
__mote_option authorities 'The authority set' justification warp checkpoint
__mote_option set-id 'The id of the set' justification warp checkpoint
__mote_option now 'Judge ages at this time' verify warp checkpoint bundle sync get follow submit
__mote_option header 'A header' justification para-head checkpoint bundle
__mote_option root 'The state root' proof
__mote_option child 'Read this child trie' proof bundle get
__mote_option key 'Read this key' proof bundle get
__mote_option prefix 'List all keys under this prefix' proof bundle get
__mote_option para 'The parachain' para-head bundle sync get follow submit
__mote_option justification 'Of the first header' bundle
__mote_option warp 'A warp proof' bundle
__mote_option proof 'Of the state of the relay chain' bundle
__mote_option para-proof 'Of the head of the parachain' bundle
__mote_option para-header 'Headers of the parachain, downwards' bundle
__mote_option para-state-proof 'Of the state of the parachain' bundle
__mote_option spec 'A genesis state' validate
__mote_option epoch-slots 'Slots of a BABE epoch' validate checkpoint sync get follow submit
__mote_option node 'Ask a full node' validate
__mote_option relay 'A node of its relay chain' validate
__mote_option para-node 'A node of a parachain of it' validate
__mote_option ca 'Certificates of authorities' validate checkpoint sync get follow submit
__mote_option from 'The first block' validate
__mote_option to 'The last block' validate
__mote_option state-limit 'MB of the genesis state' validate
__mote_option timeout 'Seconds that an answer may take' validate checkpoint sync get follow submit
__mote_option case 'Only this case' validate
__mote_option rule 'Only this rule' validate
__mote_option jobs 'Threads' validate
__mote_option threads 'Threads that verify signatures' verify justification warp
__mote_option junit 'Write JUnit XML here' validate
__mote_option source 'A full node that is asked' checkpoint sync get follow submit
__mote_option para-source 'A node of the parachain' sync get follow submit
__mote_option genesis 'Block 0' checkpoint sync get follow submit
__mote_option state 'Keep state here' sync get follow submit
__mote_option count 'End after so many heads' follow
__mote_option storage 'An item of a pallet' get
__mote_option arg 'An argument of its map' get
__mote_option at 'Under this block' get
__mote_option bundle 'Write the proof here' get
functions -e __mote_option
complete -c mote -n '__fish_seen_subcommand_from validate' -l tap -d 'Print TAP'
complete -c mote -n '__fish_seen_subcommand_from verify warp checkpoint bundle sync get follow submit' -l chain -x \
    -a 'polkadot kusama westend paseo rococo rococo-v2.1 rococo-v1 paseo-v1 westend-v1' -d 'A known chain'
complete -c mote -n '__fish_seen_subcommand_from genesis' -l state-version -x -a '0 1' -d 'Of its trie'
complete -c mote -n '__fish_seen_subcommand_from checkpoint bundle' -s o -l output -r -d 'Write the result here'
complete -c mote -n '__fish_seen_subcommand_from checkpoint' -l with-babe -d 'Write the BABE epochs'
complete -c mote -n '__fish_seen_subcommand_from proof' -l lenient -d 'Ignore what is too much'
complete -c mote -n '__fish_seen_subcommand_from proof' -l compact -d 'A compact proof'
complete -c mote -n '__fish_seen_subcommand_from sync get follow submit' -l accept-expired -d 'Go on from an old checkpoint'
