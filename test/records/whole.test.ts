import {readFileSync, readdirSync} from 'node:fs';
import Ajv, {type ValidateFunction} from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import {isObject, parseJson} from '../../src/json';
import {type StreamSchema, compileShape} from '../../src/records/shape';
import {countLeaves, lostFrom} from '../fakes/leaves';
import {record, schema} from '../fakes/records';

const STREAMS = readdirSync('resources/schemas').map((file) => {
  const schema = JSON.parse(readFileSync(`resources/schemas/${file}`, 'utf8')) as StreamSchema;
  return {stream: file.replace('.json', ''), shape: compileShape(schema), validate: validatorOf(schema)};
});
const SAMPLE = 'test/fixtures/customers-sample.jsonl';
const FIXTURES = 'test/fixtures/kustomer';

function validatorOf(schema: object): ValidateFunction {
  const ajv = new Ajv({strict: true, allowUnionTypes: true, keywords: ['airbyte_type']});
  addFormats(ajv);
  return ajv.compile(schema);
}

/** What is wrong with the row of a record: leaves that are not in it, and where it does not fit. */
function wrongWith(
  record: string,
  shape: ReturnType<typeof compileShape>,
  validate: ValidateFunction,
): unknown[] {
  const {json} = shape(parseJson(record));
  return [...lostFrom(record, json), ...(validate(JSON.parse(json)) ? [] : (validate.errors ?? []))];
}

describe('every leaf of any record is in its row, and the row is valid', () => {
  test.each(STREAMS)('of $stream', ({shape, validate}) => {
    fc.assert(
      fc.property(record, (each) => expect(wrongWith(each, shape, validate)).toEqual([])),
      {numRuns: 200},
    );
  });

  test('by any schema', () => {
    fc.assert(
      fc.property(schema, fc.array(record, {minLength: 1, maxLength: 4}), (any, records) => {
        const shape = compileShape(any);
        const validate = validatorOf(any);
        expect(records.flatMap((each) => wrongWith(each, shape, validate))).toEqual([]);
      }),
      {numRuns: 100},
    );
  });
});

/** The records of a body: in `data`, which is a list or one of them, and `included`; or the body itself. */
function recordsIn(body: unknown): readonly unknown[] {
  if (!isObject(body)) return [];
  const lists = [body['data'], body['included']].flat();
  return [body, ...lists].filter((each) => isObject(each) && isObject(each['attributes']));
}

describe('every leaf of what Kustomer has sent is in its row', () => {
  const bodies = readdirSync(FIXTURES)
    .filter((file) => file.endsWith('.json'))
    .map((file): [string, unknown] => [file, parseJson(readFileSync(`${FIXTURES}/${file}`, 'utf8'))]);
  const samples = readFileSync(SAMPLE, 'utf8').trim().split('\n');
  bodies.push([SAMPLE, {data: samples.map(parseJson)}]);
  const all = bodies.flatMap(([file, body]) =>
    recordsIn(body).map((one): [string, object] => [file, one as object]),
  );

  test.each(all)('%s', (_file, one) => {
    // Some of the examples have no id of their own (docs/kustomer-api.md, Further objects): the envelope sees to that.
    const each = JSON.stringify({id: 'x', ...one});
    expect(countLeaves(each)).toBeGreaterThan(3);
    for (const {stream, shape, validate} of STREAMS) {
      expect([stream, ...wrongWith(each, shape, validate)]).toEqual([stream]);
    }
  });

  test('there are such records', () => {
    expect(all.length).toBeGreaterThan(40);
  });
});
