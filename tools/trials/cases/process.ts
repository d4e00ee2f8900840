import {trial} from './common';

/** What the process meets on its machine. */
export const PROCESS = [
  trial('F14 full', 'stdout is on a full disk', {
    shell: '"$@" > /dev/full',
    runs: [{expect: {exit: 1, missing: Infinity, says: /space/}}],
  }),
  trial('F18 closed', 'stdout is closed', {
    shell: 'exec "$@" >&-',
    runs: [{expect: {exit: 1, missing: Infinity, says: /stdout is closed/}}],
  }),
  trial('held head', 'the reader goes away', {
    shell: '"$@" | head -c 1000 > /dev/null; exit ${PIPESTATUS[0]}',
    runs: [{expect: {exit: 1, missing: Infinity, says: /gone away/}}],
  }),
  trial('F18 sigterm', 'SIGTERM while the reader does not read', {
    shell: '("$@" & pid=$!; sleep 1.5; kill -TERM $pid; wait $pid; echo "ended with $?" >&2) | sleep 7',
    runs: [{expect: {exit: 0, missing: Infinity, mostSeconds: 8}}],
  }),
];
