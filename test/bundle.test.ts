import {build} from 'esbuild';

/** What may be in the program: our own imports, and what they cannot do without. */
const BUNDLED = [
  ...['ajv', 'fast-deep-equal', 'fast-uri', 'json-schema-traverse'],
  ...['bottleneck'],
  ...['faros-airbyte-cdk', 'verror', 'assert-plus', 'core-util-is', 'extsprintf'],
  ...['axios', 'proxy-from-env', 'follow-redirects', 'https-proxy-agent', 'agent-base', 'debug', 'ms'],
];

test('nothing is bundled that is never called', async () => {
  const {metafile} = await build({
    entryPoints: ['src/index.ts'],
    bundle: true,
    platform: 'node',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  const bytes = new Map<string, number>();
  for (const [file, {bytesInOutput}] of Object.entries(output?.inputs ?? {})) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
    if (name !== undefined) bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
  }
  expect([...bytes.keys()]).toEqual(expect.arrayContaining(['axios', 'ajv', 'faros-airbyte-cdk']));
  // axios brings in a form encoder with a list of all media types: 250 kB that cannot be left out without patching it.
  const byAxios =
    /^(form-data|mime-|asynckit|combined-stream|delayed-stream|has-|get-|es-|call-|math-|function-bind|gopd|dunder|hasown|async-|generator-|supports-color)/;
  expect([...bytes.keys()].filter((name) => !BUNDLED.includes(name) && !byAxios.test(name))).toEqual([]);
  expect(output?.bytes).toBeLessThan(1_500_000);
});
