import fc from 'fast-check';
import type {StreamSchema} from '../../src/records/shape';

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

/** What a record is made of; JSON text, but for the names and the id. */
interface Parts {
  readonly id: fc.Arbitrary<string>;
  readonly name: fc.Arbitrary<string>;
  readonly relationshipName: fc.Arbitrary<string>;
  readonly memberName: fc.Arbitrary<string>;
  readonly scalar: fc.Arbitrary<string>;
  readonly relationship: (value: fc.Arbitrary<string>) => fc.Arbitrary<string>;
}

/** JSON text of a record that no schema was looked at for. */
export const record = recordOf({
  id: fc.string({unit: 'binary', minLength: 1}),
  name,
  relationshipName: name,
  memberName: fc.constantFrom('type', 'links', 'meta', 'name', 'customer', 'x'),
  scalar: fc.oneof(
    fc.constantFrom('null', 'true', 'false', '{"isMasked":true,"maskedPresentation":"********"}'),
    number,
    text.map((each) => JSON.stringify(each)),
  ),
  relationship: (value) =>
    fc.oneof(
      value.map((data) => `{"links":{"self":"/v1/x"},"data":${data}}`),
      fc.constantFrom(
        'null',
        '{"links":{"self":"/v1/x"}}',
        '{"data":null}',
        '{"data":{"type":"user","id":"5"}}',
      ),
      fc.constantFrom('{"data":{"type":"user","id":12345678901234567890},"meta":{"n":1}}', '{"data":[]}'),
      value,
    ),
});

/** The same, of a record with nothing that Kustomer is not known to send. */
export const usualRecord = recordOf({
  id: fc.stringMatching(/^[0-9a-f]{24}$/),
  name: fc.constantFrom(
    ...[
      'name',
      'displayName',
      'email',
      'emails',
      'phones',
      'verified',
      'verifiedAt',
      'createdAt',
      'modifiedAt',
    ],
    ...[
      'tags',
      'rev',
      'sla',
      'metrics',
      'satisfaction',
      'custom',
      'orderNumberStr',
      'totalNum',
      'data',
      'meta',
    ],
    ...['to', 'self', '日本Str', 'newOne', 'queue'],
  ),
  relationshipName: fc.constantFrom('customer', 'createdBy', 'queue', 'sla', 'slaVersion', 'org', 'newThing'),
  memberName: fc.constantFrom('type', 'links'),
  scalar: fc.oneof(
    fc.constantFrom(
      'null',
      'true',
      'false',
      '0',
      '-1.5',
      '12',
      '0.47560358280315995',
      '1e3',
      '9007199254740993',
    ),
    fc
      .constantFrom(
        ...[
          '2023-04-17T00:00:07.949Z',
          '2023-02-29T00:00:07.949Z',
          '2024-02-29T23:59:59.999Z',
          '2023-04-17',
          '12',
        ],
        ...['line\nline "quoted" \\', 'Grüße, 日本 🎉', 'a\u0001b', 'x'.repeat(100), ''],
      )
      .map((each) => JSON.stringify(each)),
    fc.constant('"\\u00e9\\/"'),
  ),
  relationship: (value) =>
    fc.oneof(
      fc.constantFrom('null', '{"links":{"self":"/v1/x"}}', '{"data":null}', '{"data":[]}', '{}'),
      fc.constantFrom(
        '{"data":{"type":"user","id":"5"}}',
        '{"links":{"self":"/v1/x"},"data":{"id":"5","type":"user"}}',
        '{"data":{"type":"user","id":"5"},"links":{"self":"/v1/x"},"meta":{"n":1}}',
      ),
      value.map((meta) => `{"data":[{"type":"user","id":"5"}],"meta":${meta}}`),
    ),
});

function recordOf(parts: Parts): fc.Arbitrary<string> {
  const {value} = fc.letrec<{value: string; list: string; object: string}>((tie) => ({
    value: fc.oneof({maxDepth: 4, depthSize: 'small'}, parts.scalar, tie('object'), tie('list')),
    list: fc.array(tie('value'), {maxLength: 3}).map((items) => `[${items.join()}]`),
    object: objectOf(parts.name, tie('value'), 4),
  }));
  return fc
    .tuple(
      parts.id,
      objectOf(parts.name, value, 12),
      objectOf(parts.relationshipName, parts.relationship(value), 6),
      objectOf(parts.memberName, value, 3),
    )
    .map(([id, attributes, relationships, members]) => {
      const more = members === '{}' ? '' : `,${members.slice(1, -1)}`;
      return `{"id":${JSON.stringify(id)},"attributes":${attributes},"relationships":${relationships}${more}}`;
    });
}

function objectOf(
  key: fc.Arbitrary<string>,
  member: fc.Arbitrary<string>,
  maxLength: number,
): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.tuple(key, member), {selector: ([each]) => each, maxLength})
    .map((members) => `{${members.map(([each, value]) => `${JSON.stringify(each)}:${value}`).join()}}`);
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
/** A schema whose columns have some of the names that such records have. */
export const schema = propertiesOf(column).map(({properties}): StreamSchema => ({
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
