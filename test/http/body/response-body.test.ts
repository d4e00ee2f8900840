import {ResponseBody, UnusableResponseError} from '../../../src/http/body/response-body';

function answerOf(text: string): {
  answer: ResponseBody;
  turns: number[];
  taken: unknown[];
  take(member: unknown): void;
} {
  const taken: unknown[] = [];
  const turns: number[] = [];
  const turn = async (): Promise<void> => void turns.push(taken.length);
  return {
    answer: new ResponseBody(Buffer.from(text), turn),
    turns,
    taken,
    take: (member) => void taken.push(member),
  };
}

describe('an answer', () => {
  test('gives its records one by one, and then what is around them', async () => {
    const {answer, taken, take} = answerOf('{"data":[{"id":"1"},{"id":"2"}],"meta":{"total":2}}');
    const {envelope: around, read} = answer.open();
    expect(around).toEqual({data: [], meta: {total: 2}});
    await read(take);
    expect(taken).toEqual([{id: '1'}, {id: '2'}]);
  });

  test('that is no list is given as it is', async () => {
    const {answer, taken, take} = answerOf('{"data":{"id":"1"}}');
    const {envelope: around, read} = answer.open();
    await read(take);
    expect(around).toEqual({data: {id: '1'}});
    expect(answer.json()).toEqual({data: {id: '1'}});
    expect(taken).toEqual([]);
  });

  test.each([
    ['around its records', '{"data":[{"id":"1"}],"meta":}'],
    ['in a record', '{"data":[{"id":"1"},{"id":}]}'],
    ['where it ends', '{"data":[{"id":"1"}'],
    ['from its beginning', '<html>'],
  ])('that is no JSON %s cannot be used', async (_, text) => {
    const {answer, take} = answerOf(text);
    await expect(Promise.resolve().then(() => answer.open().read(take))).rejects.toThrow(
      UnusableResponseError,
    );
    expect(() => answer.json()).toThrow(/^the body is no JSON: "/);
  });

  test('lets others have their turn where it is long', async () => {
    const record = {text: 'x'.repeat(1000)};
    const {answer, turns, taken, take} = answerOf(JSON.stringify({data: Array(1000).fill(record)}));
    await answer.open().read(take);
    expect(taken).toHaveLength(1000);
    expect(turns).toHaveLength(3);
    turns.reduce((before, at) => {
      expect(at - before).toBeLessThanOrEqual(260);
      return at;
    }, 0);
  });

  test('that is short is read at once', async () => {
    const {answer, turns, take} = answerOf(JSON.stringify({data: Array(100).fill({text: 'x'.repeat(1000)})}));
    await answer.open().read(take);
    expect(turns).toEqual([]);
  });
});
