// Engine tests need the local cloud: `npm test` starts it, see local/test.ts.
const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.[tj]s$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  // secretlint is published as ES modules only, which jest's CommonJS can't load as they are.
  transformIgnorePatterns: ["/node_modules/(?!@secretlint/)", "\\.pnp\\."],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
};

module.exports = {
  globalSetup: "<rootDir>/test/support/prepare.ts",
  // All processors: by default one is left to a person at the machine.
  maxWorkers: "100%",
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/engine/", "<rootDir>/test/proof/"],
      setupFilesAfterEnv: ["<rootDir>/test/support/timeout.ts"],
    },
    {
      ...shared,
      displayName: "proof",
      testMatch: ["<rootDir>/test/proof/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/test/proof/setup.ts"],
    },
    {
      ...shared,
      displayName: "engine",
      testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/test/engine/support/setup.ts"],
    },
  ],
};
