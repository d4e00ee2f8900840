import Ajv, {type ValidateFunction} from 'ajv';
import addFormats from 'ajv-formats';
import type {AirbyteMessage, CatalogStream} from './capture';
import {describeMessages, messagesOf, streamOf} from './messages';

/** Checks all that must hold of any read, failed or not (docs/airbyte-protocol.md, Read: the messages of a stream). */
export function expectProtocol(messages: readonly AirbyteMessage[], streams: readonly string[]): void {
  const types = new Set(messages.map(({type}) => type));
  expect([...types].filter((type) => !['LOG', 'TRACE', 'RECORD', 'STATE'].includes(type))).toEqual([]);
  const named = new Set(messages.map(streamOf).filter((name) => name !== undefined));
  expect([...named].filter((name) => !streams.includes(name))).toEqual([]);
  for (const stream of streams) expectStream(messagesOf(messages, stream), stream);
}

function expectStream(messages: readonly AirbyteMessage[], stream: string): void {
  const words = describeMessages(messages);
  expect([stream, ...words.slice(0, 2)]).toEqual([stream, 'STARTED', 'RUNNING']);
  const outcome = words.at(-1);
  expect(['COMPLETE', 'INCOMPLETE']).toContain(outcome);
  expect(words.filter((word) => /^(STARTED|COMPLETE|INCOMPLETE)/.test(word))).toEqual(['STARTED', outcome]);
  const errors = words.filter((word) => word.startsWith('ERROR'));
  expect(errors).toHaveLength(outcome === 'COMPLETE' ? 0 : 1);
  if (outcome === 'COMPLETE') expect(words.some((word) => word.startsWith('STATE'))).toBe(true);
  expectCounts(messages, stream);
}

/** Each state counts the records since the one before, and none is left uncounted. */
function expectCounts(messages: readonly AirbyteMessage[], stream: string): void {
  let since = 0;
  for (const {record, state} of messages) {
    if (record) since += 1;
    if (!state) continue;
    expect([stream, state.type, state.sourceStats.recordCount]).toEqual([stream, 'STREAM', since]);
    since = 0;
  }
  expect([stream, since]).toEqual([stream, 0]);
}

/** Checks each record of a read against the schemas that were discovered: valid, and no column missing from them. */
export class SchemaCheck {
  private readonly validators = new Map<string, {valid: ValidateFunction; columns: ReadonlySet<string>}>();

  constructor(catalog: readonly CatalogStream[]) {
    const ajv = new Ajv({strict: false, allowUnionTypes: true});
    addFormats(ajv);
    for (const {name, json_schema: schema} of catalog) {
      this.validators.set(name, {
        valid: ajv.compile(schema),
        columns: new Set(Object.keys(schema.properties)),
      });
    }
  }

  expectValid(messages: readonly AirbyteMessage[]): void {
    this.expectTypes(messages);
    const wrong: unknown[] = [];
    for (const {record} of messages) {
      if (!record) continue;
      const columns = this.validators.get(record.stream)?.columns;
      const missing = Object.keys(record.data).filter((key) => !columns?.has(key));
      if (missing.length > 0) wrong.push({stream: record.stream, id: record.data['id'], missing});
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  }

  /** Only that the columns that were discovered hold what they should. */
  expectTypes(messages: readonly AirbyteMessage[]): void {
    const wrong: unknown[] = [];
    for (const {record} of messages) {
      if (!record) continue;
      const valid = this.validators.get(record.stream)?.valid;
      if (!valid?.(record.data))
        wrong.push({stream: record.stream, id: record.data['id'], errors: valid?.errors});
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  }
}
