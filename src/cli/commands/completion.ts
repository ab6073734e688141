import { nearest } from "../../checks/nearest.js";
import { defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { isShell, readScript, SHELLS } from "../completion/scripts.js";

/** Prints the completion script of a shell. */
export const completion = defineCommand({
  positionals: ["shell"],
  options: {},
  examples: ["completion bash", "completion zsh", "completion fish"],
  notes: [
    'In ~/.bashrc: eval "$(linq-webhooks completion bash)"',
    'In ~/.zshrc, after compinit: eval "$(linq-webhooks completion zsh)"',
    "In fish: linq-webhooks completion fish > ~/.config/fish/completions/linq-webhooks.fish",
    "It completes commands, options, events, faults, switches and files. If LINQ_INTEGRATION_TOKEN is set, it also completes ids of subscriptions, for which it waits at most 2 s for the API.",
  ],
  run: ({ io, options, positionals, printJson }) => {
    const [shell = ""] = positionals;
    if (!isShell(shell)) return Promise.reject(objectTo(shell));
    if (options.json) printJson({ shell, script: readScript(shell) });
    else io.stdout.write(readScript(shell));
    return Promise.resolve(0);
  },
});

function objectTo(shell: string): CommandError {
  const hint = nearest(shell, SHELLS, 2);
  const advice = hint === undefined ? "" : `; did you mean \`${hint}\`?`;
  return new CommandError("usage", `<shell> must be one of ${SHELLS.join(", ")}${advice}`);
}
