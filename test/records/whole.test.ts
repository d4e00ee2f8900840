import {readFileSync, readdirSync} from 'node:fs';
import Ajv, {type ValidateFunction} from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import {isObject, parseJson} from '../../src/json';
import {type StreamSchema, compileShape} from '../../src/records/shape';
import {countLeaves, lostFrom} from '../fakes/leaves';

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

// What records are made of here is known to no schema: names as Kustomer has them, names that become the same, and any text.
const NAMES = [
  ...['name', 'Name', 'displayName', 'display-name', 'email', 'emails', 'phones', 'verified', 'verifiedAt'],
  ...['createdAt', 'created_at', 'updatedAt', 'modifiedAt', 'tags', 'rev', 'status', 'priority', 'spam'],
  ...['sla', 'slaData', 'slaVersion', 'metrics', 'firstResponse', 'breachAt', 'satisfaction', 'messageCount'],
  ...['custom', 'orderNumberStr', 'totalNum', 'data', 'meta', 'to', 'customer', 'customerId', 'customer_id'],
  ...['customer_data', 'Customer', 'createdBy', 'queue', 'queueData', 'id', 'type', 'Type', 'links', 'self'],
  ...['_ab_additional_properties', '_abAdditionalProperties', 'emails.0.verified_at', 'name__2', '__proto__'],
];
const name = fc.oneof(
  {weight: 5, arbitrary: fc.constantFrom(...NAMES)},
  {weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 5})},
);
const digits = fc.stringMatching(/^(0|[1-9]\d{0,24})$/);
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits,
    fc.stringMatching(/^(\.\d{1,20})?$/),
    fc.stringMatching(/^([eE][-+]?\d{1,3})?$/),
  )
  .map((parts) => parts.join(''));
const text = fc.oneof(
  fc.constantFrom(
    '2023-04-17T00:00:07.949Z',
    '2023-04-17',
    '2023-04-17 10:00:00+0100',
    '12',
    '1.50',
    '007',
    'true',
    '[1,{"a":2}]',
    '',
  ),
  number,
  fc.string({unit: 'binary', maxLength: 80}),
);
const {value} = fc.letrec<{value: string; list: string; object: string}>((tie) => ({
  value: fc.oneof(
    {maxDepth: 4, depthSize: 'small'},
    fc.constantFrom('null', 'true', 'false', '{"isMasked":true,"maskedPresentation":"********"}'),
    number,
    text.map((each) => JSON.stringify(each)),
    tie('object'),
    tie('list'),
  ),
  list: fc.array(tie('value'), {maxLength: 3}).map((items) => `[${items.join()}]`),
  object: objectOf(tie('value'), 4),
}));
const relationship = fc.oneof(
  value.map((data) => `{"links":{"self":"/v1/x"},"data":${data}}`),
  fc.constantFrom('null', '{"links":{"self":"/v1/x"}}', '{"data":null}', '{"data":{"type":"user","id":"5"}}'),
  fc.constantFrom('{"data":{"type":"user","id":12345678901234567890},"meta":{"n":1}}', '{"data":[]}'),
  value,
);
const record = fc
  .tuple(
    fc.string({unit: 'binary', minLength: 1}),
    objectOf(value, 12),
    objectOf(relationship, 6),
    fc.uniqueArray(fc.tuple(fc.constantFrom('type', 'links', 'meta', 'name', 'customer', 'x'), value), {
      selector: ([key]) => key,
      maxLength: 3,
    }),
  )
  .map(
    ([id, attributes, relationships, members]) =>
      `{"id":${JSON.stringify(id)},"attributes":${attributes},"relationships":${relationships}${members
        .map(([key, member]) => `,"${key}":${member}`)
        .join('')}}`,
  );

function objectOf(member: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.tuple(name, member), {selector: ([key]) => key, maxLength})
    .map((members) => `{${members.map(([key, each]) => `${JSON.stringify(key)}:${each}`).join()}}`);
}

const scalar = fc.constantFrom<StreamSchema>(
  ...['string', 'integer', 'number', 'boolean'].map((type) => ({type: ['null', type]})),
  {type: ['null', 'string'], format: 'date-time'},
);
const {column} = fc.letrec<{column: StreamSchema}>((tie) => ({
  column: fc.oneof(
    {maxDepth: 2},
    scalar,
    fc.record({type: fc.constant(['null', 'array']), items: tie('column')}),
    fc.constant({type: ['null', 'array']}),
    propertiesOf(tie('column')),
  ),
}));
const schema = propertiesOf(column).map(({properties}): StreamSchema => ({
  type: 'object',
  properties: {
    ...properties,
    id: {type: 'string'},
    _ab_additional_properties: {type: ['null', 'object']},
  },
}));

function propertiesOf(member: fc.Arbitrary<StreamSchema>) {
  const columns = [
    'name',
    'display_name',
    'emails',
    'verified',
    'verified_at',
    'created_at',
    'sla',
    'sla_data',
    'sla_id',
  ];
  const more = [
    'customer',
    'customer_id',
    'customer_data',
    'queue',
    'queue_data',
    'id_attribute',
    'meta',
    'custom',
    'type',
  ];
  return fc
    .dictionary(fc.constantFrom(...columns, ...more), member, {maxKeys: 12})
    .map((properties): StreamSchema => ({type: ['null', 'object'], properties}));
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
