import {catalogOf} from '../../src/catalog/catalog';

test('a stream is shown with both modes, its own cursor and key, and can be resumed', () => {
  const schema = {type: 'object', properties: {id: {type: 'string'}}};
  const stream = {name: 'tags', schema, primaryKey: ['id'], cursorField: 'updated_at'};
  expect(catalogOf([stream], new Map())).toEqual({
    type: 'CATALOG',
    catalog: {
      streams: [
        {
          name: 'tags',
          json_schema: schema,
          supported_sync_modes: ['full_refresh', 'incremental'],
          source_defined_cursor: true,
          default_cursor_field: ['updated_at'],
          source_defined_primary_key: [['id']],
          is_resumable: true,
        },
      ],
    },
  });
});

test('a key of several columns names each', () => {
  const stream = {
    name: 'x',
    schema: {type: 'object', properties: {}},
    primaryKey: ['a', 'b'],
    cursorField: 'c',
  };
  expect(catalogOf([stream], new Map()).catalog.streams[0]?.source_defined_primary_key).toEqual([
    ['a'],
    ['b'],
  ]);
});

test('a stream without a cursor can only be read whole', () => {
  const stream = {name: 'x', schema: {type: 'object'}, primaryKey: ['id'], cursorField: undefined};
  expect(catalogOf([stream], new Map()).catalog.streams).toEqual([
    {
      name: 'x',
      json_schema: {type: 'object'},
      supported_sync_modes: ['full_refresh'],
      source_defined_primary_key: [['id']],
      is_resumable: true,
    },
  ]);
});
