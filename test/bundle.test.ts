import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {build, type Plugin} from 'esbuild';

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
  // What is ours grows with every stream; libraries need not.
  const byLibraries = [...bytes.values()].reduce((sum, one) => sum + one, 0);
  expect(byLibraries).toBeGreaterThan(500_000);
  expect(byLibraries).toBeLessThan(1_000_000);
});

/** Where the program notes each module that runs. */
const NOTED = '__modulesThatRan';

/** Notes each module of the bundle when it is run. */
const noting: Plugin = {
  name: 'noting',
  setup({onLoad}) {
    onLoad({filter: /\.[cm]?[jt]s$/}, async ({path}) => {
      const text = await readFile(path, 'utf8');
      const file = relative(process.cwd(), path);
      // After what is there, so that neither directives nor imports lose their place.
      const contents = `${text}\n;globalThis.${NOTED}?.push(${JSON.stringify(file)});`;
      return {contents, loader: path.endsWith('ts') ? 'ts' : 'js'};
    });
  },
};

/** The modules that run in a command of a program that is made for this: paths from the root. */
async function modulesOf(bundle: string, args: readonly string[]): Promise<string[]> {
  const program = `globalThis.${NOTED} = [];
    process.on('exit', () => require('node:fs').writeFileSync(3, JSON.stringify(globalThis.${NOTED})));
    require(${JSON.stringify(bundle)});`;
  const child = spawn(process.execPath, ['--eval', program, '--', 'program', ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  let text = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(child, 'close');
  return JSON.parse(text) as string[];
}

function packagesIn(modules: readonly string[]): string[] {
  const names = modules.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

describe('a command loads only what it uses', () => {
  let folder: string;
  let bundle: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bundle-'));
    bundle = join(folder, 'program.js');
    await build({
      entryPoints: ['src/index.ts'],
      bundle: true,
      platform: 'node',
      outfile: bundle,
      define: {__VERSION__: '"test"'},
      logLevel: 'silent',
      plugins: [noting],
    });
  });

  afterAll(() => rmSync(folder, {recursive: true}));

  test('spec needs no HTTP client, no validation and no stream', async () => {
    const modules = await modulesOf(bundle, ['spec']);
    expect(modules).toContain('src/source.ts');
    const byCdk = ['assert-plus', 'core-util-is', 'extsprintf', 'verror'];
    expect(packagesIn(modules)).toEqual([...byCdk, 'faros-airbyte-cdk', 'proxy-from-env'].sort());
    expect(modules.filter((file) => /^src\/(commands|streams|keyset|connection)/.test(file))).toEqual([]);
  });

  test('check needs neither discover nor read', async () => {
    const config = join(folder, 'config.json');
    // Nothing listens there, and the configuration is all that is needed to have everything loaded.
    writeFileSync(config, JSON.stringify({api_token: 'x', start_date: 'not a date'}));
    const modules = await modulesOf(bundle, ['check', '--config', config]);
    expect(packagesIn(modules)).toEqual(expect.arrayContaining(['ajv', 'axios', 'bottleneck']));
    expect(modules.filter((file) => file.startsWith('src/commands/'))).toEqual(['src/commands/check.ts']);
  });
});
