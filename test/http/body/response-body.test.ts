import {ResponseBody, type TakeRecords, UnusableResponseError} from '../../../src/http/body/response-body';

function bodyOf(
  bytes: string | Buffer,
  contentType = '',
): {
  body: ResponseBody;
  pauses: number[];
  taken: unknown[];
  take: TakeRecords;
} {
  const taken: unknown[] = [];
  const pauses: number[] = [];
  const backpressure = async (): Promise<void> => void pauses.push(taken.length);
  return {
    body: new ResponseBody(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, backpressure, {
      contentType,
    }),
    pauses,
    taken,
    take: {parsed: (record) => void taken.push(record)},
  };
}

describe('a body', () => {
  test('gives its envelope, and its records one by one', async () => {
    const {body, taken, take} = bodyOf('{"data":[{"id":"1"},{"id":"2"}],"meta":{"total":2}}');
    expect(await body.read(take)).toEqual({data: [], meta: {total: 2}});
    expect(taken).toEqual([{id: '1'}, {id: '2'}]);
  });

  test('hands out a record as it came, and parses only what is left of them', async () => {
    const {body, taken, take} = bodyOf('{"data":[ 1, {"id":"2"} ,3],"meta":{}}');
    const bytes = (all: Buffer, at: number): number | undefined => {
      if (all[at] === 0x7b) return undefined;
      taken.push(all.toString('utf8', at, at + 1));
      return at + 1;
    };
    await body.read({...take, bytes});
    expect(taken).toEqual(['1', {id: '2'}, '3']);
  });

  test('that is no list is given as it is', async () => {
    const {body, taken, take} = bodyOf('{"data":{"id":"1"}}');
    expect(await body.read(take)).toEqual({data: {id: '1'}});
    expect(body.json()).toEqual({data: {id: '1'}});
    expect(taken).toEqual([]);
  });

  test.each([
    ['around its records', '{"data":[{"id":"1"}],"meta":}'],
    ['in a record', '{"data":[{"id":"1"},{"id":}]}'],
    ['where it ends', '{"data":[{"id":"1"}'],
    ['from its beginning', '<html>'],
  ])('that is no JSON %s cannot be used', async (_, text) => {
    const {body, take} = bodyOf(text);
    await expect(body.read(take)).rejects.toThrow(UnusableResponseError);
    expect(() => body.json()).toThrow(/^the body is no JSON \(/);
  });

  test('lets other work have its chance where it is long', async () => {
    const record = {text: 'x'.repeat(1000)};
    const {body, pauses, taken, take} = bodyOf(JSON.stringify({data: Array(1000).fill(record)}));
    await body.read(take);
    expect(taken).toHaveLength(1000);
    expect(pauses).toHaveLength(3);
    pauses.reduce((before, at) => {
      expect(at - before).toBeLessThanOrEqual(260);
      return at;
    }, 0);
  });

  test('that is short is read at once', async () => {
    const {body, pauses, take} = bodyOf(JSON.stringify({data: Array(100).fill({text: 'x'.repeat(1000)})}));
    await body.read(take);
    expect(pauses).toEqual([]);
  });

  test.each([
    ['', true],
    [' \n', true],
    ['\uFEFF', true],
    ['{}', false],
    ['null', false],
  ])('%j is empty: %p', (text, isEmpty) => expect(bodyOf(text).body.isEmpty).toBe(isEmpty));

  test('is read past a byte order mark', async () => {
    const {body, taken, take} = bodyOf('\uFEFF{"data":[{"id":"1"}],"meta":{}}');
    expect(body.json()).toEqual({data: [{id: '1'}], meta: {}});
    await body.read(take);
    expect(taken).toEqual([{id: '1'}]);
  });

  test.each<[string, string | Buffer, string | undefined, string]>([
    ['nothing', ' ', 'application/json', 'the body is empty'],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), undefined, 'the body is UTF-16, not UTF-8'],
    ['UTF-16 without a mark', Buffer.from('{"a":1}', 'utf16le'), undefined, 'the body is UTF-16, not UTF-8'],
    [
      'HTML',
      ' <html>\n<h1>Bad gateway</h1>',
      'text/html',
      'the body is no JSON (text/html, 28 bytes, <html> <h1>Bad gateway</h1>)',
    ],
    [
      "what may be a customer's record",
      '{"name":"Ann"',
      'application/json',
      'the body is no JSON (application/json, 13 bytes)',
    ],
  ])('of %s is described; only HTML is quoted', async (_, bytes, contentType, problem) => {
    const {body, take} = bodyOf(bytes, contentType);
    expect(() => body.json()).toThrow(new UnusableResponseError(problem));
    await expect(body.read(take)).rejects.toThrow(problem);
  });
});
