module.exports = {
  projects: [
    { displayName: "JavaScript", transform: {}, testMatch: ["**/*.spec.js"] },
    { displayName: "ts-jest", preset: "ts-jest", testMatch: ["**/*.spec.ts"] },
  ],
};
