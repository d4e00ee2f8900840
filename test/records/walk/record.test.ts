import {readFileSync, readdirSync} from 'node:fs';
import fc from 'fast-check';
import {oneLine} from '../../../src/airbyte/json-line';
import {isObject, parseJson} from '../../../src/json';
import {type StreamSchema, compileShape, compileWalk} from '../../../src/records/shape';
import {parseInstant} from '../../../src/time';
import {record, schema, usualRecord} from '../../fakes/records';

const STREAMS = readdirSync('resources/schemas').map((file) => {
  const own = JSON.parse(readFileSync(`resources/schemas/${file}`, 'utf8')) as StreamSchema;
  return {stream: file.replace('.json', ''), own};
});
const SAMPLES = readFileSync('test/fixtures/customers-sample.jsonl', 'utf8').trim().split('\n');

/** What a body has before a record. */
const BEFORE = '{"data":[';

/** What the walk makes of a record, beside what its judge does; nothing where the walk leaves it to the judge. */
function both(own: StreamSchema): (text: string) => {walked?: unknown; judged?: unknown} {
  const shape = compileShape(own);
  const walk = compileWalk(own);
  return (text) => {
    const body = Buffer.from(`${BEFORE}${text},`);
    const walked = walk.walk(body, BEFORE.length);
    if (!walked) return {};
    const {decoded, end, ...found} = walked;
    const resource = parseJson(body.toString('utf8', BEFORE.length, end)) as {
      id: string;
      attributes: Record<string, unknown>;
    };
    const {json, undeclared, changes, masked} = shape(resource);
    return {
      walked: {...found, ...decoded, line: decoded.line.toString()},
      judged: {
        id: resource.id,
        updatedAt: parseInstant(resource.attributes['updatedAt']),
        createdAt: parseInstant(resource.attributes['createdAt']),
        line: oneLine(json),
        ...{undeclared, changes, masked},
      },
    };
  };
}

function expectSame({walked, judged}: ReturnType<ReturnType<typeof both>>): void {
  expect(walked).toEqual(judged);
}

/** The same record with an instant by which it is found, so that the walk takes it. */
function timed(text: string): string {
  return text.includes('"updatedAt"')
    ? text
    : text
        .replace('"attributes":{', '"attributes":{"updatedAt":"2023-04-17T00:00:07.949Z",')
        .replace(',}', '}');
}

describe('the walk makes what its judge makes, byte for byte', () => {
  test.each(STREAMS)('of any record, in $stream', ({own}) => {
    const make = both(own);
    fc.assert(
      fc.property(record.map(timed), (text) => expectSame(make(text))),
      {numRuns: 200},
    );
  });

  test.each(STREAMS)('of usual records, in $stream, of which it takes those whose values fit', ({own}) => {
    const make = both(own);
    const taken: boolean[] = [];
    fc.assert(
      fc.property(usualRecord.map(timed), (text) => {
        const made = make(text);
        taken.push(made.walked !== undefined);
        expectSame(made);
      }),
      {numRuns: 300},
    );
    expect(taken.filter(Boolean).length).toBeGreaterThan(25);
  });

  test.each([
    ['any', record],
    ['usual', usualRecord],
  ])('of %s records, by any schema', (_, records) => {
    fc.assert(
      fc.property(schema, fc.array(records.map(timed), {minLength: 1, maxLength: 4}), (own, texts) => {
        const make = both(own);
        for (const text of texts) expectSame(make(text));
      }),
      {numRuns: 1000},
    );
  });

  test('of a record that is changed anywhere, be it JSON or not', () => {
    const {own} = STREAMS.find(({stream}) => stream === 'customers') ?? {own: {}};
    const make = both(own);
    const piece = fc.constantFrom(
      ...[
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '0',
        '1.0',
        'e5',
        '-',
        ' ',
        '\n',
        '\t',
        'null',
        'é',
        '\u2028',
        '\u0000',
      ],
    );
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.nat(), fc.nat(3), piece, (text, at, length, put) => {
        const from = at % text.length;
        const changed = text.slice(0, from) + put + text.slice(from + length);
        expectSame(make(changed));
      }),
      {numRuns: 3000},
    );
  });
});

describe('what Kustomer sends is usual', () => {
  test('real-shaped customers are walked, all of them', () => {
    const {own} = STREAMS.find(({stream}) => stream === 'customers') ?? {own: {}};
    const make = both(own);
    for (const text of SAMPLES) {
      const {walked, judged} = make(text);
      expect(walked).toBeDefined();
      expect(walked).toEqual(judged);
    }
  });

  test('and so are the records of the official and recorded bodies that have the times of a search', () => {
    const folder = 'test/fixtures/kustomer';
    const bodies = readdirSync(folder).filter((file) => file.endsWith('.json'));
    const records = bodies
      .map((file) => parseJson(readFileSync(`${folder}/${file}`, 'utf8')))
      .flatMap((body) => (isObject(body) ? [body, body['data'], body['included']].flat() : []))
      .filter((each) => isObject(each) && isObject(each['attributes']) && 'updatedAt' in each['attributes']);
    let walked = 0;
    for (const {own} of STREAMS) {
      const make = both(own);
      for (const each of records) {
        const made = make(JSON.stringify(each));
        if (made.walked !== undefined) walked += 1;
        expect(made.walked).toEqual(made.judged);
      }
    }
    expect(walked / (records.length * STREAMS.length)).toBeGreaterThan(0.5);
  });
});

describe('left to the judge', () => {
  const WHOLE =
    '{"id":"1","attributes":{"updatedAt":"2023-04-17T00:00:07.949Z","a":1},"relationships":{"x":{"data":null}}}';
  const walk = compileWalk({properties: {id: {type: 'string'}}});
  const taken = (text: string): boolean => walk.walk(Buffer.from(text), 0)?.end === Buffer.byteLength(text);

  test('is not what is usual', () => {
    expect(taken(WHOLE)).toBe(true);
  });

  test.each([
    ['a record without an id', '"id":"1",', ''],
    ['an id that is a number', '"id":"1"', '"id":1'],
    ['white space', '"a":1', '"a" :1'],
    ['two keys that are the same', '"a":1', '"a":1,"a":2'],
    ['a key that objects have first', '"a":1', '"a":1,"1":2'],
    ['a key with an escape', '"a":1', '"\\u0061":1'],
    ['relationships before attributes', '{"id"', '{"relationships":{},"id"'],
    ['a relationship that is none', '{"data":null}', '5'],
    ['a record without a time', '"updatedAt":"2023-04-17T00:00:07.949Z",', ''],
    ['what has the name of something that is kept', '"x":{', '"a":{'],
    ['the end of a line', '"a":1', '"a":"\u2028"'],
    ['what is no JSON', '"a":1', '"a":01'],
    ['what follows the record', '}}}', '}}}}'],
  ])('%s', (_, part, instead) => {
    expect(WHOLE).toContain(part);
    expect(taken(WHOLE.replace(part, instead))).toBe(false);
  });

  test('is what is no UTF-8', () => {
    const bytes = Buffer.from(WHOLE);
    bytes[bytes.indexOf('"a"') + 1] = 0xff;
    expect(walk.walk(bytes, 0)).toBeUndefined();
  });

  test('is one such record among others, of which the walk takes the rest', () => {
    const odd = WHOLE.replace('"a":1', '"a":"\u2028"');
    const body = Buffer.from(`${[WHOLE, odd, WHOLE].join()}]`);
    const end = body.length - 1;
    const starts = [0, WHOLE.length + 1, end - WHOLE.length];
    expect(starts.map((at) => walk.walk(body, at)?.end)).toEqual([WHOLE.length, undefined, end]);
  });
});

test('rows that were given away stay as they are, however many follow and however long', () => {
  const walk = compileWalk({properties: {id: {type: 'string'}, a: {type: 'string'}}});
  const lines = [10, 300_000, 5, 200_000, 400_000, 1].map((length) => {
    const text = `{"id":"1","attributes":{"updatedAt":"2023-04-17T00:00:07.949Z","a":["${'x"'.length}${'y'.repeat(length)}"]}}`;
    return {length, line: walk.walk(Buffer.from(text), 0)?.decoded.line};
  });
  for (const {length, line} of lines) {
    const row = JSON.parse(line?.toString() ?? '') as {a: string};
    expect(row.a).toBe(`["2${'y'.repeat(length)}"]`);
  }
});
