import {RefusedError, UnavailableError} from '../../src/http/errors';
import {readAttributes, readKlasses} from '../../src/kustomer/metadata';
import {Lists} from '../../src/kustomer/list';
import {PageSizes} from '../../src/kustomer/page-size';
import {clientOf} from '../fakes/client';
import {json, problem, serveScript} from '../fakes/msw';

function metadata(properties: unknown): object {
  return {data: {type: 'metadata', id: 'customer', attributes: {properties}}};
}

test('reads what matters of each attribute', async () => {
  const web = serveScript(
    json(
      metadata({
        sizeStr: {type: 'string', displayName: 'Size', enumeration: ['S', 'M', 'S', 5, null, '']},
        ordersId: {type: 'string', multi: true, displayName: ''},
        listStr: {type: 'array'},
        oddNum: null,
        goneStr: {type: 'string', deletedAt: '2024-01-01T00:00:00.000Z'},
        backStr: {type: 5, deletedAt: null, multi: 'yes', enumeration: 'S'},
      }),
    ),
  );
  const {client} = clientOf(web.url);
  const none = {displayName: undefined, multi: false, choices: []};
  expect(await readAttributes(client, 'kobject.über auftrag')).toEqual([
    {name: 'sizeStr', type: 'string', displayName: 'Size', multi: false, choices: ['S', 'M']},
    {...none, name: 'ordersId', type: 'string', multi: true},
    {...none, name: 'listStr', type: 'array', multi: true},
    {...none, name: 'oddNum', type: undefined},
    {...none, name: 'backStr', type: undefined},
  ]);
  expect(web.seen.map(({method, url}) => `${method} ${url}`)).toEqual([
    'GET /v1/metadata/kobject.%C3%BCber%20auftrag',
  ]);
});

test.each([[undefined], [null], [{}]])('an organization may have none: %p', async (properties) => {
  const {client} = clientOf(serveScript(json(metadata(properties))).url);
  expect(await readAttributes(client, 'customer')).toEqual([]);
});

test.each([[{}], [{data: []}], [{data: {attributes: null}}], [metadata([])], [metadata('x')]])(
  'an answer that is none, %p, is asked for again and then given up',
  async (answer) => {
    const {client, retries} = clientOf(serveScript(json(answer)).url);
    await expect(readAttributes(client, 'customer')).rejects.toThrow(UnavailableError);
    expect(retries.length).toBeGreaterThan(2);
  },
);

test('a refusal names the endpoint', async () => {
  const {client} = clientOf(serveScript(problem(401)).url);
  await expect(readAttributes(client, 'message')).rejects.toThrow(RefusedError);
  await expect(readAttributes(client, 'message')).rejects.toThrow('GET /v1/metadata/message');
});

test('klasses come sorted, without those that are switched off or have no name', async () => {
  const klass = (id: string, attributes: object) => ({type: 'klass', id, attributes});
  // A server that takes no notice of the filter: the same answer to both.
  const web = serveScript(
    json({
      data: [
        klass('1', {name: 'order', status: 'enabled'}),
        klass('2', {name: 'gift'}),
        klass('3', {name: 'old', status: 'disabled'}),
        klass('4', {}),
        klass('5', {name: ''}),
        {type: 'klass', id: '6'},
      ],
      links: {first: '/v1/klasses?page=1', next: null},
    }),
  );
  const lists = new Lists(new PageSizes(500), web.url);
  const warned: string[] = [];
  const klasses = await readKlasses(clientOf(web.url).client, lists, (message) => void warned.push(message));
  expect(klasses).toEqual(['gift', 'order']);
  expect(warned).toEqual([expect.stringMatching(/^3 of 5 klasses of custom objects have no name/)]);
  expect(web.seen.map(({url}) => url)).toEqual([
    '/v1/klasses?status=enabled&page=1&pageSize=100',
    '/v1/klasses?status=existing_only&page=1&pageSize=100',
  ]);
});

test('klasses that several streams need are asked for once, and each is told what is wrong with them', async () => {
  const enabled = json({
    data: [{type: 'klass', id: '1', attributes: {name: 'order'}}],
    links: {first: '/v1/klasses?page=1', next: null},
  });
  const web = serveScript(enabled, problem(403));
  const lists = new Lists(new PageSizes(500), web.url);
  const warned: string[] = [];
  const readNames = (): Promise<readonly string[]> =>
    readKlasses(clientOf(web.url).client, lists, (message) => void warned.push(message));
  expect(await Promise.all([readNames(), readNames()])).toEqual([['order'], ['order']]);
  expect(await readNames()).toEqual(['order']);
  expect(warned).toHaveLength(3);
  expect(web.seen).toHaveLength(2);
});

test('klasses that only keep their objects are among them, and are warned of where they are refused', async () => {
  const klass = (name: string, status: string) =>
    json({data: [{type: 'klass', id: name, attributes: {name, status}}], links: {next: null}});
  const read = async (
    second: ReturnType<typeof json>,
  ): Promise<{klasses: readonly string[]; warned: string[]}> => {
    const web = serveScript(klass('order', 'enabled'), second);
    const warned: string[] = [];
    const lists = new Lists(new PageSizes(500), web.url);
    const {client} = clientOf(web.url);
    return {klasses: await readKlasses(client, lists, (message) => void warned.push(message)), warned};
  };
  expect(await read(klass('warranty', 'existing_only'))).toEqual({
    klasses: ['order', 'warranty'],
    warned: [],
  });
  expect(await read(problem(403))).toEqual({
    klasses: ['order'],
    warned: [expect.stringMatching(/not enabled but keep their objects cannot be had .*403/)],
  });
});
