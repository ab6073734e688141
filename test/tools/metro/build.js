const Metro = require("metro");

async function build() {
  const config = await Metro.loadConfig({ config: `${__dirname}/metro.config.js` });
  await Metro.runBuild(config, { entry: "main.ts", platform: "ios", dev: false, out: "bundle.js" });
}

build();
