/** A reporter of jest's: the last line of `npm test` says what only `npm run test:full` runs. */
module.exports = class LeftOut {
  constructor(_config, {slow, histories, allHistories}) {
    this.line = `Only npm run test:full runs ${slow.join(', ')}, and ${allHistories} histories for each property of test/model instead of ${histories}.`;
  }

  onRunComplete() {
    // Beside the summary, which jest writes to stderr; stdout may be JSON.
    console.error(this.line);
  }
};
