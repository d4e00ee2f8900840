import {writeFileSync} from 'node:fs';
import {Session} from 'node:inspector';
import {monitorEventLoopDelay} from 'node:perf_hooks';

/** What a measured process says of itself at its end. */
export interface Measured {
  /** User and system time together: s. */
  readonly cpu: number;
  /** The most memory it held: MB. */
  readonly rss: number;
  /** The longest that its event loop was held up: ms. */
  readonly blocked: number;
}

/** Loaded into a process by `node --require`, so that nothing of the program itself is there for the measuring. */
const {BENCH_REPORT: report, BENCH_PROFILE: profile} = process.env;

if (report !== undefined) {
  const resolution = 5;
  const delay = monitorEventLoopDelay({resolution});
  delay.enable();
  process.on('exit', () => {
    const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
    const measured: Measured = {
      cpu: (userCPUTime + systemCPUTime) / 1e6,
      rss: maxRSS / 1024,
      blocked: Math.max(0, delay.max / 1e6 - resolution),
    };
    writeFileSync(report, JSON.stringify(measured));
  });
}

if (profile !== undefined) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  process.on('exit', () =>
    session.post('Profiler.stop', (_, told) => writeFileSync(profile, JSON.stringify(told.profile))),
  );
}
