const webpack = require("webpack");

const configurations = ["node", "web"].map((target) => ({
  target,
  mode: "production",
  entry: "./main.js",
  output: { filename: `${target}.js`, publicPath: "" },
}));

webpack(configurations, (error, stats) => {
  if (error) throw error;
  console.log(stats.toString());
  if (stats.hasErrors() || stats.hasWarnings()) process.exitCode = 1;
});
