import {readSingle} from '../../src/kustomer/single';
import {type TestConnection, connectionOf} from '../fakes/connection';

const endpoint = {method: 'GET', path: '/v1/satisfaction-responses/1'} as const;
const read = ({connection}: TestConnection): Promise<unknown> => readSingle(connection.client, endpoint);

/** Answers with these bodies, one after the other; the last one for good. */
function answering(...bodies: unknown[]): TestConnection {
  const some = connectionOf();
  some.api.faults.hook = () => ({
    kind: 'body',
    text: JSON.stringify(bodies.length > 1 ? bodies.shift() : bodies[0]),
  });
  return some;
}

test('the record is what "data" has; an id that is a number becomes text', async () => {
  expect(await read(answering({data: {type: 'a', id: 5, attributes: {}}}))).toMatchObject({
    id: '5',
    type: 'a',
  });
});

test('a response without a record is asked for again', async () => {
  const some = answering({}, {data: null}, {data: {type: 'a', id: 'b', attributes: {}}});
  expect(await read(some)).toMatchObject({id: 'b'});
  expect(some.api.stats.total).toBe(3);
});

test('one that never has a record is an error, after four attempts', async () => {
  const some = answering({data: []});
  await expect(read(some)).rejects.toThrow('no record in "data", in 4 attempts');
  expect(some.api.stats.total).toBe(4);
});
