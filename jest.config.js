const {availableParallelism} = require('node:os');

/** `npm run test:full`, which .ci/run calls: all there is. */
const full = process.env.FULL_TESTS === 'yes';
/** Minutes of work between them, so `npm test` leaves them out. */
const SLOW = ['test/connector/kill.test.ts', 'test/model/frugal.test.ts', 'test/model/pace.test.ts'];
/** How many histories each property of test/model tries. */
const ALL_HISTORIES = 200;
const FEW_HISTORIES = 100;
const histories = Number(process.env.MODEL_RUNS ?? (full ? ALL_HISTORIES : FEW_HISTORIES));

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(full ? [] : SLOW.map((file) => `<rootDir>/${file}$`))],
  reporters: [
    'default',
    ...(full
      ? []
      : [['<rootDir>/test/support/left-out.js', {slow: SLOW, histories, allHistories: ALL_HISTORIES}]]),
  ],
  // One per core, less one for jest itself; but on two cores that would be one file at a time.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {jsc: {target: 'es2022', parser: {syntax: 'typescript'}}, module: {type: 'commonjs'}},
    ],
  },
  // msw 2 leans on packages that are ESM only: they must go through the transform too, and so must linkedom's one file.
  transformIgnorePatterns: [
    '/node_modules/(?!(msw|@mswjs|@open-draft|rettime|until-async|outvariant|linkedom)/)',
  ],
  setupFiles: ['<rootDir>/test/support/seed.js'],
  // Builds in one file, beside ES modules by the hundred.
  moduleNameMapper: {
    '^linkedom$': '<rootDir>/node_modules/linkedom/worker.js',
    '^@observablehq/plot$': '<rootDir>/node_modules/@observablehq/plot/dist/plot.umd.min.js',
    '^d3(@[\\d.]+/dist/d3[.]min[.]js)?$': '<rootDir>/node_modules/d3/dist/d3.min.js',
  },
  // The bundle that the connector tests run, and what the build would put into it.
  globalSetup: '<rootDir>/test/support/build.ts',
  globals: {__VERSION__: 'test', __HISTORIES__: histories},
  testTimeout: 30000,
};
