// Bundles each program into one file of its own, so that neither the image nor a start-up touches node_modules.
import {existsSync, readFileSync} from 'node:fs';
import {build} from 'esbuild';
import {parse} from 'yaml';

const version = parse(readFileSync('metadata.yaml', 'utf8')).data.dockerImageTag;
const programs = {
  'source-kustomer': 'src/index.ts',
  sandbox: 'sandbox/server/server.ts',
  demo: 'tools/demo/demo.ts',
  drift: 'tools/drift/drift.ts',
  probe: 'tools/probe/probe.ts',
  trials: 'tools/trials/trials.ts',
  bench: 'tools/bench/bench.ts',
  'bench-hook': 'tools/bench/hook.ts',
};

await build({
  entryPoints: Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The published package of each library is what we test against: no aliasing, no patches.
  define: {__VERSION__: JSON.stringify(version)},
  logLevel: 'warning',
});
