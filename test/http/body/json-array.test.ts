import fc from 'fast-check';
import {findArray} from '../../../src/http/body/json-array';
import {ResponseBody, UnusableResponseError} from '../../../src/http/body/response-body';
import {endOfValue} from '../../../src/json-bytes';

/** What any JSON text means, put together again of its parts; undefined where it is no JSON. @param isWalked members are taken as bytes */
async function viaParts(body: Buffer, isWalked: boolean): Promise<unknown> {
  const members: unknown[] = [];
  const take = (record: unknown): void => void members.push(record);
  const bytes = (input: Buffer, at: number): number | undefined => {
    const end = endOfValue(input, at);
    const member = parsed(input.toString('utf8', at, end));
    if (member === undefined) return undefined;
    take(member);
    return end;
  };
  try {
    const answer = new ResponseBody(body, () => Promise.resolve());
    const around = await answer.read({parsed: take, ...(isWalked && {bytes})});
    return findArray(body) === undefined ? around : {...(around as object), data: members};
  } catch (error) {
    if (error instanceof UnusableResponseError) return undefined;
    throw error;
  }
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

describe('a list in a body', () => {
  test('the parts mean what the whole means', async () => {
    await fc.assert(
      fc.asyncProperty(spelling, fc.boolean(), async ([json, space, escaped], isWalked) => {
        expect(await viaParts(Buffer.from(spell(json, space, escaped)), isWalked)).toEqual(json);
      }),
      OFTEN,
    );
  });

  test('what is no JSON is none in parts, and what still is means the same', async () => {
    const broken = fc.record({
      spelling,
      at: fc.nat(),
      cut: fc.nat(3),
      insert: fc.constantFrom('', '"', ',', ']', '}', '[', '{', '\\', ':', ' ', '1'),
    });
    await fc.assert(
      fc.asyncProperty(
        broken,
        fc.boolean(),
        async ({spelling: [json, space, escaped], at, cut, insert}, isWalked) => {
          const whole = spell(json, space, escaped);
          const from = at % (whole.length + 1);
          const body = Buffer.from(whole.slice(0, from) + insert + whole.slice(from + cut));
          const meant = parsed(body.toString('utf8'));
          // A list that is there twice is the one thing that has two meanings.
          fc.pre(body.toString('utf8').split('"data"').length <= 2);
          expect(await viaParts(body, isWalked)).toEqual(meant);
        },
      ),
      OFTEN,
    );
  });

  test('is found by its bytes, and left empty in its place', async () => {
    const body = Buffer.from('{"meta":{"data":[0]},"data" : [ {"a":"],é"} , [1,2],"x" ],"links":{}}');
    expect(await viaParts(body, false)).toEqual({
      ...{meta: {data: [0]}, links: {}},
      data: [{a: '],é'}, [1, 2], 'x'],
    });
    expect(findArray(body)).toBe(body.indexOf('[ {'));
  });

  test.each([['{"data":[]}'], ['{"data":[ \n ]}']])('%j has no members', async (body) => {
    expect(await viaParts(Buffer.from(body), false)).toEqual({data: []});
  });

  test.each(['{"data":[,1]}', '{"data":[1,]}', '{"data":[1 2]}', '{"data":[1}', '{"data":[1'])(
    '%j has no list that is one',
    async (body) => expect(await viaParts(Buffer.from(body), false)).toBeUndefined(),
  );

  test.each([['[]'], ['{}'], [''], ['{"data":{"data":[1]}}'], ['{"meta":{"data":[1]}}'], ['"data"']])(
    '%j has no such list',
    (body) => {
      expect(findArray(Buffer.from(body))).toBeUndefined();
    },
  );
});
