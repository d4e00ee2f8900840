import {at, columnsOf, mainType, readJson, schemas} from './columns';

type Sentences = Readonly<Record<string, string>>;
interface Descriptions {
  readonly common: Sentences;
  readonly streams: Readonly<Record<string, Sentences>>;
}
const {common, streams} = readJson('resources/attributes/descriptions.json') as Descriptions;

const UNIT = /\((ms|s|bytes|count|characters|degrees|currency|no unit|unit not documented)\)\.$/;

/** Whether a key of the list stands for a path: written out, or with `*` for any text. */
function standsFor(key: string, path: string): boolean {
  const [first = '', ...rest] = key.split('*');
  if (rest.length === 0) return key === path;
  const last = rest.pop() ?? '';
  let from = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return path.startsWith(first) && path.endsWith(last) && path.length - last.length >= from;
}

describe.each([...schemas])('%s', (stream, schema) => {
  const columns = columnsOf(schema);

  test('every column has a sentence', () => {
    const lacking = columns.filter(([path, {description}]) => !path.includes('.') && !description);
    expect(lacking.map(([path]) => path)).toEqual([]);
  });

  test('every number says its unit, at any depth', () => {
    const lacking = columns.filter(
      ([, column]) =>
        ['integer', 'number'].includes(mainType(column) ?? '') && !UNIT.test(column.description ?? ''),
    );
    expect(lacking.map(([path, {description}]) => [path, description])).toEqual([]);
  });

  test('sentences are sentences', () => {
    const texts = columns.flatMap(([, {description}]) => description ?? []);
    expect(texts.filter((text) => !/^[`A-Z0-9-].*[.]$/s.test(text) || text.length > 220)).toEqual([]);
  });

  test('no sentence of its own is left without a column', () => {
    const paths = columns.map(([path]) => path);
    const unused = Object.keys(streams[stream] ?? {}).filter(
      (key) => !paths.some((path) => standsFor(key, path)),
    );
    expect(unused).toEqual([]);
  });

  test('the id of a reference says whose it is', () => {
    const references = columns.filter(
      ([path, {properties}]) => !path.includes('.') && Object.keys(properties ?? {}).join() === 'id,type',
    );
    for (const [path] of references) {
      const column = at(stream, `${path.replace(/_data$/, '')}_id`);
      expect([path, column?.type]).toEqual([path, ['null', 'string']]);
      expect(column?.description).toMatch(/ joins/);
    }
    const hasNone = ['custom_attributes', 'outbound_accounts'].includes(stream);
    if (!hasNone) expect(references.length).toBeGreaterThan(0);
  });
});

test('sentences that streams share each stand at a column, and only streams that exist have their own', () => {
  const paths = [...schemas.values()].flatMap((schema) => columnsOf(schema).map(([path]) => path));
  const unused = Object.keys(common).filter((key) => !paths.some((path) => standsFor(key, path)));
  // Declared by the rows themselves (src/records).
  expect(unused.filter((key) => key !== '_ab_additional_properties')).toEqual([]);
  expect(Object.keys(streams).filter((stream) => !schemas.has(stream))).toEqual([]);
});

test('the sentence that is nearest counts', () => {
  const sentence = (stream: string, path: string): string | undefined => at(stream, path)?.description;
  expect(sentence('customers', 'tags')).toBe(streams['customers']?.['tags']);
  expect(sentence('conversations', 'tags')).toBe(common['tags']);
  expect(sentence('conversations', 'first_done.business_time')).toBe(
    streams['conversations']?.['*.business_time'],
  );
  expect(sentence('conversations', 'total_open.business_time')).toBe(
    streams['conversations']?.['total_open.business_time'],
  );
  expect(sentence('conversations', 'satisfaction_level.score')).toBe(common['*.score']);
  expect(sentence('kobjects', 'klass_id')).toBe(streams['kobjects']?.['klass_id']);
  expect(sentence('conversations', 'customer_id')).toBe('The id in `customer`, for joins.');
});
