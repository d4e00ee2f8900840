declare const __HISTORIES__: number;

/** How many histories each property of test/model tries: fewer in `npm test` than in `npm run test:full`. Set in jest.config.js. */
export const HISTORIES = __HISTORIES__;
