#compdef linq-webhooks
# Completes linq-webhooks in zsh. In ~/.zshrc, after compinit: eval "$(linq-webhooks completion zsh)"
_linq_webhooks() {
  local line
  local -a lines whole whole_shown open open_shown
  lines=("${(@f)$("${words[1]}" __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null)}")
  if [[ ${lines[1]} == :files ]]; then
    [[ $PREFIX == --*=* ]] && compset -P '--[^=]##='
    _files
    return
  fi
  for line in "${lines[@]}"; do
    if [[ ${line%%$'\t'*} == *= ]]; then
      open+=("${line%%$'\t'*}")
      open_shown+=("${line/$'\t'/  -- }")
    elif [[ -n $line ]]; then
      whole+=("${line%%$'\t'*}")
      whole_shown+=("${line/$'\t'/  -- }")
    fi
  done
  (( ${#open} )) && compadd -l -S '' -d open_shown -a open
  (( ${#whole} )) && compadd -l -d whole_shown -a whole
  (( ${#open} + ${#whole} ))
}
if [[ ${funcstack[1]} == _linq_webhooks ]]; then
  _linq_webhooks "$@"
else
  compdef _linq_webhooks linq-webhooks
fi
