// The resolver and the transformer of @react-native/metro-config.
module.exports = {
  projectRoot: __dirname,
  watchFolders: [__dirname],
  resolver: {
    unstable_enablePackageExports: true,
    unstable_conditionNames: ["react-native"],
  },
  transformer: {
    babelTransformerPath: require.resolve("@react-native/metro-babel-transformer"),
  },
};
