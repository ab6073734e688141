const webpack = require("webpack");

const configurations = ["node", "web"].map((target) => ({
  target,
  mode: "production",
  entry: "./main.js",
  output: { filename: `${target}.js`, publicPath: "" },
  // One file each: that for the web is run in Node, too, which has no page to load others into.
  plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
}));

webpack(configurations, (error, stats) => {
  if (error) throw error;
  console.log(stats.toString());
  if (stats.hasErrors()) process.exitCode = 1;
});
