import fc from 'fast-check';
import {InputError} from '../../src/airbyte/input-error';
import {readIncomingState} from '../../src/airbyte/incoming-state';

const MARK = '2023-01-01T00:00:00Z';

function streamState(name: string, state: unknown): object {
  return {type: 'STREAM', stream: {stream_descriptor: {name}, stream_state: state}};
}

describe('readIncomingState', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty list', []],
    ['an empty object', {}],
    ['an empty legacy blob', [{type: 'LEGACY', data: {}}]],
    ['a legacy entry without data', {type: 'LEGACY'}],
    ['a Singer state without bookmarks', {bookmarks: {}}],
  ])('finds no state in %s', (_, json) => expect(readIncomingState(json).size).toBe(0));

  const [tags, users] = [{updated_at: MARK}, {updated_at: MARK, done: []}];
  test.each([
    ["the platform's list", [streamState('tags', tags), streamState('users', users)]],
    [
      'a global state',
      {
        type: 'GLOBAL',
        global: {
          stream_states: [
            {stream_descriptor: {name: 'tags'}, stream_state: tags},
            {stream_descriptor: {name: 'users'}, stream_state: users},
          ],
        },
      },
    ],
    ['a legacy blob', {tags, users}],
    ['a legacy blob in a list', [{tags, users}]],
    ['a legacy entry', [{type: 'LEGACY', data: {tags, users}}]],
    ['Singer bookmarks that are objects', {bookmarks: {tags, users}}],
  ])('reads %s', (_, json) => {
    expect([...readIncomingState(json)]).toEqual([
      ['tags', tags],
      ['users', users],
    ]);
  });

  test('reads a single STREAM state, with its source statistics', () => {
    const json = {...streamState('tags', tags), sourceStats: {recordCount: 5}};
    expect([...readIncomingState(json)]).toEqual([['tags', tags]]);
  });

  test("reads the archived connector's bookmarks as cursors", () => {
    const json = {bookmarks: {conversations: MARK, customers: '2023-01-02'}, currently_syncing: null};
    const expected = [
      ['conversations', {updated_at: MARK}],
      ['customers', {updated_at: '2023-01-02'}],
    ];
    expect([...readIncomingState(json)]).toEqual(expected);
    expect([...readIncomingState([{type: 'LEGACY', data: json}])]).toEqual(expected);
    expect([...readIncomingState([json])]).toEqual(expected);
  });

  test('keeps each state as it stands, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), {selector: ([name]) => name}),
        (entries) => {
          const states = readIncomingState(entries.map(([name, state]) => streamState(name, state)));
          expect([...states]).toEqual(entries);
        },
      ),
    );
  });

  test.each([
    ['a text', 'x'],
    ['a number', 5],
    ['a list of texts', ['tags']],
    ['a list in a list', [[streamState('tags', tags)]]],
    ['a STREAM without a stream', [{type: 'STREAM'}]],
    ['a STREAM without a descriptor', [{type: 'STREAM', stream: {stream_state: tags}}]],
    ['a STREAM without a name', [{type: 'STREAM', stream: {stream_descriptor: {}, stream_state: tags}}]],
    [
      'a name that is no text',
      [{type: 'STREAM', stream: {stream_descriptor: {name: 5}, stream_state: tags}}],
    ],
    ['a GLOBAL without states', [{type: 'GLOBAL', global: {}}]],
    ['a GLOBAL without a name', [{type: 'GLOBAL', global: {stream_states: [{stream_state: tags}]}}]],
    ['LEGACY data that is no object', [{type: 'LEGACY', data: 'x'}]],
    ['bookmarks that are no object', {bookmarks: [MARK]}],
    ['a whole STATE message', {type: 'STATE', state: streamState('tags', tags)}],
    ['a type that is none', [{type: 'SHARED', data: {}}]],
  ])('refuses %s, rather than read everything anew in silence', (_, json) => {
    expect(() => readIncomingState(json)).toThrow(InputError);
    expect(() => readIncomingState(json)).toThrow(/state given to this read/);
  });

  test('never breaks on anything else than with InputError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc.record({
              type: fc.constantFrom('STREAM', 'GLOBAL', 'LEGACY'),
              stream: fc.jsonValue(),
              global: fc.jsonValue(),
              data: fc.jsonValue(),
            }),
          ),
        ),
        (json) => {
          try {
            readIncomingState(json);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });
});
