import fc from 'fast-check';
import {SyncMode} from 'faros-airbyte-cdk/lib/protocol';
import {configuredCatalogOf, readConfiguredCatalog} from '../../src/airbyte/configured-catalog';
import {InputError} from '../../src/airbyte/input-error';

function configured(name: unknown, mode: unknown = 'incremental'): object {
  return {stream: {name, json_schema: {}}, sync_mode: mode, destination_sync_mode: 'append'};
}

describe('readConfiguredCatalog', () => {
  test('keeps the streams, their order and modes', () => {
    const streams = [configured('users', 'full_refresh'), configured('tags')];
    expect(readConfiguredCatalog({streams})).toEqual([
      {name: 'users', mode: 'full_refresh', schema: {}},
      {name: 'tags', mode: 'incremental', schema: {}},
    ]);
  });

  test.each([[undefined], [null], [5], ['x'], [[]]])('hands on a schema as it is: %p', (json_schema) => {
    const streams = [{...configured('tags'), stream: {name: 'tags', json_schema}}];
    expect(readConfiguredCatalog({streams})).toEqual([
      {name: 'tags', mode: 'incremental', schema: json_schema},
    ]);
  });

  test('may be of no stream', () => expect(readConfiguredCatalog({streams: []})).toEqual([]));

  test.each([
    ['nothing', undefined, /list "streams"/],
    ['null', null, /list "streams"/],
    ['a list', [configured('tags')], /list "streams"/],
    ['an object without streams', {}, /list "streams"/],
    ['streams that are no list', {streams: {tags: {}}}, /list "streams"/],
    ['a stream that is null', {streams: [configured('users'), null]}, /Stream number 2 .* no name/],
    ['a stream without a name', {streams: [configured(undefined)]}, /Stream number 1 .* no name/],
    ['an empty name', {streams: [configured('')]}, /no name/],
    ['a name that is no text', {streams: [configured(5)]}, /no name/],
    ['a catalog that is not configured', {streams: [{name: 'tags'}]}, /no name/],
    ['no sync mode', {streams: [{stream: {name: 'tags'}}]}, /"tags" .* "sync_mode"/],
    ['an unknown sync mode', {streams: [configured('tags', 'sideways')]}, /"tags" .* "sync_mode"/],
    [
      'a stream named twice',
      {streams: [configured('tags'), configured('users'), configured('tags')]},
      /"tags" twice/,
    ],
  ])('refuses %s in a sentence', (_, json, sentence) => {
    expect(() => readConfiguredCatalog(json)).toThrow(InputError);
    expect(() => readConfiguredCatalog(json)).toThrow(sentence);
  });

  test('never breaks on anything else than with InputError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({streams: fc.array(fc.jsonValue())})), (json) => {
        try {
          readConfiguredCatalog(json);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});

describe('configuredCatalogOf', () => {
  const streams = [
    {
      name: 'conversations',
      json_schema: {},
      supported_sync_modes: [SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL],
      default_cursor_field: ['updated_at'],
      source_defined_primary_key: [['id']],
    },
    {name: 'holidays', json_schema: {}, supported_sync_modes: [SyncMode.FULL_REFRESH]},
  ];

  test('reads the named streams, incrementally where that is possible', () => {
    const catalog = configuredCatalogOf({streams}, ['holidays', 'conversations']);
    expect(catalog.streams).toMatchObject([
      {sync_mode: 'incremental', destination_sync_mode: 'append_dedup', cursor_field: ['updated_at']},
      {sync_mode: 'full_refresh', destination_sync_mode: 'overwrite'},
    ]);
    expect(readConfiguredCatalog(catalog).map(({name}) => name)).toEqual(['conversations', 'holidays']);
  });

  test('"all" reads all of them', () => {
    expect(configuredCatalogOf({streams}, ['all']).streams).toHaveLength(2);
  });

  test('a stream that there is not is refused in a sentence', () => {
    expect(() => configuredCatalogOf({streams}, ['holidays', 'songs'])).toThrow(InputError);
    expect(() => configuredCatalogOf({streams}, ['songs'])).toThrow(
      /no stream "songs" .* conversations, holidays/,
    );
  });
});
