import fc from 'fast-check';
import {splitArray} from '../../../src/http/body/json-array';

/** What any JSON text means, put together again of its parts; undefined where it is no JSON. */
function viaParts(body: Buffer): unknown {
  const parts = splitArray(body);
  if (!parts) return parsed(body.toString('utf8'));
  const around = parsed(parts.envelope);
  const members = parts.members.map(([from, to]) => parsed(body.toString('utf8', from, to)));
  return around === undefined || members.includes(undefined)
    ? undefined
    : {...(around as object), data: members};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON texts of any spelling: spaces where they may be, letters escaped where they may be. */
function spell(value: unknown, space: string, escaped: boolean): string {
  const text = JSON.stringify(value, null, space);
  return escaped ? text.replace(/[^\x20-\x7e\n\t]/g, (letter) => `\\u${hex(letter)}`) : text;
}

function hex(letter: string): string {
  return letter.charCodeAt(0).toString(16).padStart(4, '0');
}

const text = fc.string({
  unit: fc.constantFrom('a', '"', '\\', ',', ':', '[', ']', '{', '}', ' ', 'ü', '注', '😀'),
});
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    {depthSize: 'small'},
    text,
    fc.integer(),
    fc.constantFrom(true, null),
    fc.array(tie('any'), {maxLength: 4}),
    fc.dictionary(fc.oneof(text, fc.constant('data')), tie('any'), {maxKeys: 4}),
  ),
})).any;
const answer = fc.dictionary(fc.oneof(fc.constantFrom('data', 'meta', 'links'), text), value, {
  noNullPrototype: true,
});
const spelling = fc.tuple(fc.oneof(answer, value), fc.constantFrom('', ' ', '\t', '\n'), fc.boolean());
const OFTEN = {numRuns: 2000};

describe('takeApart', () => {
  test('the parts mean what the whole means', () => {
    fc.assert(
      fc.property(spelling, ([json, space, escaped]) => {
        expect(viaParts(Buffer.from(spell(json, space, escaped)))).toEqual(json);
      }),
      OFTEN,
    );
  });

  test('what is no JSON is none in parts, and what still is means the same', () => {
    const broken = fc.record({
      spelling,
      at: fc.nat(),
      cut: fc.nat(3),
      insert: fc.constantFrom('', '"', ',', ']', '}', '[', '{', '\\', ':', ' ', '1'),
    });
    fc.assert(
      fc.property(broken, ({spelling: [json, space, escaped], at, cut, insert}) => {
        const whole = spell(json, space, escaped);
        const from = at % (whole.length + 1);
        const body = Buffer.from(whole.slice(0, from) + insert + whole.slice(from + cut));
        const meant = parsed(body.toString('utf8'));
        // A list that is there twice is the one thing that has two meanings.
        fc.pre(body.toString('utf8').split('"data"').length <= 2);
        expect(viaParts(body)).toEqual(meant);
      }),
      OFTEN,
    );
  });

  test('finds the members by their bytes, and leaves an empty list in their place', () => {
    const body = Buffer.from('{"meta":{"data":[0]},"data" : [ {"a":"],é"} , [1,2],"x" ],"links":{}}');
    const {members, envelope: around} = splitArray(body) ?? {members: [], envelope: ''};
    expect(members.map(([from, to]) => body.toString('utf8', from, to).trim())).toEqual([
      '{"a":"],é"}',
      '[1,2]',
      '"x"',
    ]);
    expect(around).toBe('{"meta":{"data":[0]},"data" : [],"links":{}}');
  });

  test.each([['{"data":[]}'], ['{"data":[ \n ]}']])('%j has no members', (body) => {
    expect(splitArray(Buffer.from(body))?.members).toEqual([]);
  });

  test.each([
    ['[]'],
    ['{}'],
    [''],
    ['{"data":{"data":[1]}}'],
    ['{"meta":{"data":[1]}}'],
    ['{"data":[1'],
    ['"data"'],
  ])('%j has no such list', (body) => {
    expect(splitArray(Buffer.from(body))).toBeUndefined();
  });
});
