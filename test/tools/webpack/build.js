const webpack = require("webpack");

const configurations = ["node", "web"].map((target) => ({
  target,
  mode: "production",
  entry: "./main.js",
  output: { filename: `${target}.js`, publicPath: "" },
  // One file for each target, since the test runs both in Node, where `web` cannot load chunks.
  plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
}));

webpack(configurations, (error, stats) => {
  if (error) throw error;
  console.log(stats.toString());
  if (stats.hasErrors()) process.exitCode = 1;
});
