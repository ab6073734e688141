import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { serveReceiver } from "../frameworks/serve-receiver.js";
import { findProgram } from "../support/find-program.js";
import { type InstalledCli, installCli, type WatchedProcess } from "../support/installed-cli.js";

const TOKENS = { LINQ_INTEGRATION_TOKEN: "s3ntinel-of-the-token" };

/** The text before the Tab key, and the line after it. */
const TYPED: readonly (readonly [typed: string, completed: string])[] = [
  ["ge", "get "],
  ["list --dup", "list --duplicates "],
  ["list --event call.c", "list --event call.completed "],
  ["list --event=call.c", "list --event=call.completed "],
  ["list --event message.sent,call.c", "list --event message.sent,call.completed "],
  ["send call.c", "send call.completed "],
  ["sandbox --fault htm", "sandbox --fault html "],
  ["sandbox --fault redi", "sandbox --fault redirect="],
  ["sandbox --fault status=503,ti", "sandbox --fault status=503,times="],
  ["sandbox --fault=reset=do", "sandbox --fault=reset=done "],
  ["sandbox --switch twinE", "sandbox --switch twinEventIds="],
  ["sandbox --switch twins=ac", "sandbox --switch twins=accept "],
  ["sandbox --switch=pageS", "sandbox --switch=pageSize="],
  ["completion fi", "completion fish "],
  ["plan --file stag", "plan --file staging.json "],
  ["plan --file=stag", "plan --file=staging.json "],
  ["apply stag", "apply staging.json "],
  ["get 1", "get 17 "],
];

let cli: InstalledCli;

beforeAll(async () => {
  cli = await installCli();
  await cli.write("staging.json", "{}");
});

afterAll(async () => {
  await cli.remove();
});

/** An account with one subscription, whose id is 17. */
async function serveAccount(): Promise<Readonly<Record<string, string>>> {
  const row = { id: 17, webhook_url: "https://example.com/hook", version: 2, active: true };
  const fetch = (): Promise<Response> =>
    Promise.resolve(Response.json({ webhook_subscriptions: [{ ...row, events: [] }] }));
  const { url } = await serveReceiver({ fetch });
  return { LINQ_BASE_URL: new URL(url).origin, ...TOKENS };
}

/** A shell with a terminal. Ctrl-O prints the line as it stands, in angle brackets, and clears it. */
const TERMINALS = {
  bash: {
    start: "bash --norc --noprofile -i",
    setUp: `eval "$(linq-webhooks completion bash)"; bind -x '"\\C-o": printf "<%s>\\n" "$READLINE_LINE"; READLINE_LINE='`,
  },
  zsh: {
    start: "zsh -f -i",
    setUp: `bindkey -e; autoload -Uz compinit; compinit -u -D; eval "$(linq-webhooks completion zsh)"; show() { print -r -- "<$BUFFER>" > /dev/tty; BUFFER= }; zle -N show; bindkey '^O' show`,
  },
} as const;

async function openTerminal(
  shell: keyof typeof TERMINALS,
  env: Readonly<Record<string, string>>,
): Promise<WatchedProcess> {
  const { start, setUp } = TERMINALS[shell];
  const terminal = cli.start("script", ["-qefc", start, "/dev/null"], env);
  onTestFinished(() => {
    terminal.kill("SIGKILL");
  });
  // The terminal also echoes the typed text, so the test must wait for another text.
  terminal.type(`${setUp}; echo is''-ready\n`);
  await terminal.says("is-ready");
  return terminal;
}

/** @returns whether this shell is installed; throws if it is missing and `CI` is set. */
async function isHere(shell: string): Promise<boolean> {
  if ((await findProgram(shell, shell)) !== undefined) return true;
  const line = `SKIPPED: there is no ${shell} here`;
  if (process.env["CI"] !== undefined) throw new Error(line);
  console.log(line);
  return false;
}

it.for(["bash", "zsh"] as const)(
  "completes the typed text in a terminal with %s",
  async (shell, { skip }) => {
    if (!(await isHere(shell))) return skip();
    const terminal = await openTerminal(shell, await serveAccount());
    for (const [typed, completed] of TYPED) {
      terminal.type(`linq-webhooks ${typed}\t\u000f`);
      await terminal.says(`<linq-webhooks ${completed}>`);
    }
    terminal.type("exit\n");
    await terminal.ended;
    expect(terminal.stdout()).not.toContain("s3ntinel");
  },
);

it("completes the typed text in fish", async ({ skip }) => {
  if (!(await isHere("fish"))) return skip();
  const script = `linq-webhooks completion fish | source
for line in $argv; complete -C "linq-webhooks $line"; or echo; end`;
  const lines = TYPED.map(([typed]) => typed);
  const shell = cli.start("fish", ["-c", script, ...lines], await serveAccount());
  expect(await shell.ended).toBe(0);
  expect(shell.stderr()).toBe("");
  const values = shell.stdout().trimEnd().split("\n");
  expect(values.map((line) => line.split("\t", 1)[0])).toEqual(
    TYPED.map(([, completed]) => completed.trimEnd().split(" ").at(-1)),
  );
});

it("lists the choices for bash without a terminal", async () => {
  const script = `eval "$(linq-webhooks completion bash)"
COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:' COMP_WORDS=(linq-webhooks sandbox --switch = twins =) COMP_CWORD=5
_linq_webhooks; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const shell = cli.start("bash", ["-c", script], {});
  expect(await shell.ended).toBe(0);
  expect(shell.stdout()).toBe("accept\n409\n422\n");
});

describe("completion without an account", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["without a token", { LINQ_BASE_URL: "http://127.0.0.1:9" }],
    ["with an invalid token", { LINQ_INTEGRATION_TOKEN: "Bearer x" }],
    ["with a server that is not running", { LINQ_BASE_URL: "http://127.0.0.1:9", ...TOKENS }],
    ["with an invalid address", { LINQ_BASE_URL: "nowhere", ...TOKENS }],
  ])("prints nothing %s", async (_name, env) => {
    const asked = cli.start("linq-webhooks", ["__complete", "get", ""], env);
    expect(await asked.ended).toBe(0);
    expect(asked.stdout() + asked.stderr()).toBe("");
  });

  it("gives up on a server that never answers", async () => {
    const sandbox = createSandbox();
    sandbox.inject({ kind: "stall", times: Infinity });
    const { url, close } = await sandbox.listen();
    onTestFinished(close);
    const env = { LINQ_BASE_URL: url, ...TOKENS };
    const asked = cli.start("linq-webhooks", ["__complete", "delete", ""], env);
    expect(await asked.ended).toBe(0);
    expect(asked.stdout() + asked.stderr()).toBe("");
    expect(sandbox.requests).toHaveLength(1);
  });
});
