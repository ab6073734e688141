# Completes linq-webhooks in fish: linq-webhooks completion fish > ~/.config/fish/completions/linq-webhooks.fish
function __linq_webhooks_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    set -l lines ($program __complete $words "$current" 2> /dev/null)
    if test "$lines[1]" = :files
        set -l option (string match -r -- '^--[^=]+=' "$current")
        for path in (__fish_complete_path (string replace -r -- '^--[^=]+=' '' "$current"))
            printf '%s\n' "$option$path"
        end
    else if set -q lines[1]
        printf '%s\n' $lines
    end
end
complete -c linq-webhooks -f -a '(__linq_webhooks_complete)'
