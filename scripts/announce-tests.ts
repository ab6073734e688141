/** Says what `npm test` takes and installs, before anything runs: npm starts it as `pretest`. */
console.error(`All tests take about six minutes on two cores. What this machine lacks is installed on the way:
Node 20 to 26, Deno, Bun and workerd by npm, into node_modules/.cache (1.1 GB); Chromium, Redis, Postgres, zsh and fish by apt-get, as root on Debian. Elsewhere Playwright installs Chromium, and tests of the other programs are skipped, or fail with CI set.`);
