import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';

/** Printed with every failure: what the rules are for, and where a thing belongs. */
const READ = 'Read ARCHITECTURE.md, "Room map": which folder answers which question, and what it may import.';
/** Files that every folder may use. */
const LEAVES = ['date-time.ts', 'clock.ts', 'json-bytes.ts', 'json.ts', 'time.ts'];
/**
 * Folder (or file of src) -> what it may import besides itself and the leaves; `resources` are the JSON files. From the top down:
 * index, source, commands, connection, streams, kustomer, keyset, http; and what stands beside that ladder.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['airbyte', 'error-messages.ts', 'http', 'source.ts', 'terminal'],
  'source.ts': [
    'airbyte',
    'commands',
    'config.ts',
    'connection.ts',
    'error-messages.ts',
    'resources',
    'streams',
  ],
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
  'connection.ts': ['airbyte', 'config.ts', 'http', 'keyset', 'kustomer', 'streams'],
  streams: ['airbyte', 'catalog', 'cursor', 'http', 'keyset', 'kustomer', 'records', 'resources'],
  kustomer: ['http', 'keyset'],
  keyset: ['http'],
  http: [],
  catalog: ['kustomer', 'records'],
  records: ['airbyte'],
  airbyte: [],
  terminal: ['airbyte'],
  cursor: [],
  'config.ts': ['airbyte', 'base-url.ts', 'resources'],
  'base-url.ts': [],
  'error-messages.ts': ['airbyte', 'cursor', 'http', 'kustomer', 'obstacle-messages.ts', 'records'],
  'obstacle-messages.ts': ['http'],
  'clock.ts': [],
  'json-bytes.ts': [],
  'json.ts': [],
  'time.ts': [],
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

/** What a relative import leads to, seen from its folder: `http/client.ts`, `resources/spec.json`. */
function targetOf({file, from}: Import, known: readonly string[]): string {
  const path = normalize(join(dirname(file), from));
  if (path.startsWith('../')) return path.replace(/^\.\.\//, '');
  return known.find((one) => one === `${path}.ts` || one === `${path}/index.ts`) ?? `${path}?`;
}

/** The files of a circle in the order in which they import each other, if there is one; type imports count. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of imports.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

/** Fails with what is wrong, and with the page that says how it should be. */
function expectNone(wrong: readonly string[]): void {
  if (wrong.length > 0) throw new Error([...wrong, READ].join('\n'));
}

const files = filesOf('src');
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
    const target = targetOf(one, files);
    const allowed = [room, ...LEAVES, ...(ALLOWED[room] ?? [])];
    return !allowed.includes(roomOf(target)) || target.endsWith('?');
  });
  expectNone(wrong.map(({file, from}) => `src/${file} imports ${from}`));
});

test('the room map of ARCHITECTURE.md is this rule', () => {
  const [, section = ''] = readFileSync('ARCHITECTURE.md', 'utf8').split('\n## Room map\n');
  const [map = ''] = section.split('\nBeside `src`:\n');
  const rows = [...map.matchAll(/^\| `([\w.-]+)` +\| .{20,}? \| (.*) \|$/gm)];
  const shown = rows.map(([, room, imports = '']) => [
    room,
    [...imports.matchAll(/`([\w.-]+)`/g)].map(([, one]) => one),
  ]);
  const rooms = Object.entries(ALLOWED).filter(([room]) => !LEAVES.includes(room));
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(rooms));
});

test('a circle is found, and only a circle', () => {
  const tree = new Map([
    ['a', ['b', 'c']],
    ['b', ['c']],
  ]);
  expect(circleIn(tree)).toEqual([]);
  expect(circleIn(new Map([...tree, ['c', ['d']], ['d', ['b']]]))).toEqual(['b', 'c', 'd', 'b']);
});

test.each(['src', 'sandbox', 'tools'])('no circle in %s', (folder) => {
  const known = filesOf(folder);
  const imports = new Map<string, string[]>();
  for (const one of importsOf(folder).filter(({from}) => from.startsWith('.'))) {
    imports.set(one.file, [...(imports.get(one.file) ?? []), targetOf(one, known)]);
  }
  const circle = circleIn(imports);
  expectNone(circle.length > 0 ? [`${folder} has a circle: ${circle.join(' imports ')}`] : []);
});

test('every package has its one place', () => {
  const wrong = packages.filter(({file, from}) => !PACKAGES[from]?.(file));
  expectNone(wrong.map(({file, from}) => `src/${file} imports ${from}`));
});

test('what comes from outside is passed in: only two files touch it', () => {
  const outside =
    /\b(Date\.now|new Date\(\)|Math\.random|process\.\w|performance\.now|setTimeout|setInterval|console\.)/;
  const users = files.filter((file) => outside.test(readFileSync(join('src', file), 'utf8')));
  const allowed = ['clock.ts', 'index.ts'];
  expect(users).toEqual(expect.arrayContaining(allowed));
  expectNone(
    users.filter((file) => !allowed.includes(file)).map((file) => `src/${file} touches the outside`),
  );
});

test('the sandbox shares nothing with the connector, so that they share no mistake', () => {
  const own = importsOf('sandbox').filter(({from}) => from.startsWith('.'));
  expect(own.length).toBeGreaterThan(20);
  const outside = own.filter(({file, from}) => normalize(join(dirname(file), from)).startsWith('..'));
  const byPackage = importsOf('sandbox').filter(({from}) => /source-kustomer|faros|axios/.test(from));
  expectNone([...outside, ...byPackage].map(({file, from}) => `sandbox/${file} imports ${from}`));
});
