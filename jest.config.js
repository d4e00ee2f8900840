/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {jsc: {target: 'es2022', parser: {syntax: 'typescript'}}, module: {type: 'commonjs'}},
    ],
  },
  // msw 2 leans on packages that are ESM only: they must go through the transform too.
  transformIgnorePatterns: ['/node_modules/(?!(msw|@mswjs|@open-draft|rettime|until-async|outvariant)/)'],
  // The bundle that the connector tests run, and what the build would put into it.
  globalSetup: '<rootDir>/test/support/build.ts',
  globals: {__VERSION__: 'test'},
  testTimeout: 30000,
};
