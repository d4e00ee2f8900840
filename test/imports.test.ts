import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';

/** Files that every folder may use. */
const LEAVES = ['clock.ts', 'time.ts'];
/** Folder (or file of src) -> what it may import besides itself and the leaves; `resources` are the JSON files. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  http: [],
  keyset: ['http'],
  kustomer: ['http', 'keyset'],
  cursor: [],
  records: [],
  airbyte: [],
  catalog: ['kustomer', 'records'],
  streams: ['airbyte', 'catalog', 'cursor', 'http', 'keyset', 'kustomer', 'records', 'resources'],
  'clock.ts': [],
  'time.ts': [],
  'base-url.ts': [],
  'config.ts': ['airbyte', 'base-url.ts', 'records', 'resources'],
  'obstacle-messages.ts': ['http'],
  'error-messages.ts': ['airbyte', 'cursor', 'http', 'kustomer', 'obstacle-messages.ts', 'records'],
  'connection.ts': ['airbyte', 'config.ts', 'http', 'keyset', 'kustomer', 'streams'],
  commands: [
    'airbyte',
    'catalog',
    'config.ts',
    'connection.ts',
    'error-messages.ts',
    'http',
    'kustomer',
    'streams',
  ],
  'source.ts': [
    'airbyte',
    'commands',
    'config.ts',
    'connection.ts',
    'error-messages.ts',
    'resources',
    'streams',
  ],
  'index.ts': ['airbyte', 'error-messages.ts', 'http', 'source.ts'],
};
/** Package -> which files of src may need it at run time. Node's own modules and type imports are not looked at. */
const PACKAGES: Readonly<Record<string, (file: string) => boolean>> = {
  axios: (file) => file === 'http/transport.ts',
  'proxy-from-env': (file) => file === 'http/proxy.ts',
  bottleneck: (file) => file === 'http/rate-limiter.ts',
  // By what is used of it: the package itself would bring in all that its makers need.
  'faros-airbyte-cdk/lib/protocol': seesCdk,
  'faros-airbyte-cdk/lib/sources/source': seesCdk,
  'json-schema': (file) => file === 'records/column.ts',
  ajv: (file) => file === 'config.ts',
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

function seesCdk(file: string): boolean {
  return /^(airbyte|catalog|commands)\//.test(file) || file === 'source.ts';
}

function filesOf(folder: string): string[] {
  return (readdirSync(folder, {recursive: true}) as string[]).filter((file) => file.endsWith('.ts'));
}

function importsOf(folder: string): Import[] {
  return filesOf(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const statements = text.matchAll(
      /^(?:import|export)\s(type\s)?[^;]*?from '([^']+)';|\b(?:import|require)\('([^']+)'\)|^import '([^']+)';/gm,
    );
    return [...statements].map(([, type, from, dynamic, bare]) => ({
      file,
      from: from ?? dynamic ?? bare ?? '',
      typeOnly: type !== undefined,
    }));
  });
}

/** `http/client.ts` -> `http`; `config.ts` -> `config.ts`. */
function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** What a relative import leads to, seen from src: `http/client.ts`, `resources/spec.json`. */
function targetOf({file, from}: Import): string {
  const path = normalize(join(dirname(file), from));
  const inside = path.replace(/^\.\.\//, '');
  if (path.startsWith('../')) return inside;
  return filesOf('src').find((known) => known === `${path}.ts` || known === `${path}/index.ts`) ?? `${path}?`;
}

const all = importsOf('src');
const relative = all.filter(({from}) => from.startsWith('.'));
const packages = all.filter(({from}) => !from.startsWith('.') && !from.startsWith('node:'));

test('the rule is looked at with all files in sight', () => {
  expect(all.length).toBeGreaterThan(100);
  expect(new Set(relative.map(({file}) => roomOf(file))).size).toBeGreaterThan(8);
  expect(packages.map(({from}) => from)).toEqual(
    expect.arrayContaining(['axios', 'bottleneck', 'faros-airbyte-cdk/lib/protocol', 'ajv']),
  );
});

test('imports point down: no room sees one that it should not', () => {
  const wrong = relative.filter((one) => {
    const room = roomOf(one.file);
    const target = targetOf(one);
    const allowed = [room, ...LEAVES, ...(ALLOWED[room] ?? [])];
    return !allowed.includes(roomOf(target)) || target.endsWith('?');
  });
  expect(wrong.map(({file, from}) => `${file} imports ${from}`)).toEqual([]);
});

test('every package has its one place', () => {
  const wrong = packages.filter(({file, from}) => !PACKAGES[from]?.(file));
  expect(wrong.map(({file, from}) => `${file} imports ${from}`)).toEqual([]);
});

test('what comes from outside is passed in: only two files touch it', () => {
  const outside =
    /\b(Date\.now|new Date\(\)|Math\.random|process\.\w|performance\.now|setTimeout|setInterval|console\.)/;
  const users = filesOf('src').filter((file) => outside.test(readFileSync(join('src', file), 'utf8')));
  expect(users.sort()).toEqual(['clock.ts', 'index.ts']);
});

test('the sandbox shares nothing with the connector, so that they share no mistake', () => {
  const own = importsOf('sandbox').filter(({from}) => from.startsWith('.'));
  expect(own.length).toBeGreaterThan(20);
  const outside = own.filter(({file, from}) => normalize(join(dirname(file), from)).startsWith('..'));
  expect(outside).toEqual([]);
  const byPackage = importsOf('sandbox').filter(({from}) => /source-kustomer|faros|axios/.test(from));
  expect(byPackage).toEqual([]);
});
