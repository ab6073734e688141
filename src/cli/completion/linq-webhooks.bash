# Completes linq-webhooks in bash. In ~/.bashrc: eval "$(linq-webhooks completion bash)"
_linq_webhooks() {
  local breaks=${COMP_WORDBREAKS//[^=:]/} words=() prefix= current value line index
  # Bash splits words at these characters, so join the parts again.
  for ((index = 1; index <= COMP_CWORD; index++)); do
    value=${COMP_WORDS[index]}
    if [[ -n $breaks && ${#words[@]} -gt 0 && ($value == [$breaks] || ${COMP_WORDS[index - 1]} == [$breaks]) ]]; then
      words[${#words[@]} - 1]+=$value
    else
      words+=("$value")
    fi
  done
  current=${words[${#words[@]} - 1]}
  if [[ -n $breaks && $current == *[$breaks]* ]]; then
    prefix=${current%"${current##*[$breaks]}"}
  fi
  COMPREPLY=()
  while IFS= read -r line; do
    value=${line%%$'\t'*}
    if [[ $value == :files ]]; then
      compopt -o filenames 2> /dev/null
      while IFS= read -r line; do
        COMPREPLY+=("$line")
      done < <(compgen -f -- "${current#"$prefix"}")
    else
      [[ $value == *= ]] && compopt -o nospace 2> /dev/null
      COMPREPLY+=("${value#"$prefix"}")
    fi
  done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2> /dev/null)
}
complete -F _linq_webhooks linq-webhooks
