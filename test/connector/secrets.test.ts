import fc from 'fast-check';
import type {HttpResponse} from '../../src/http/call';
import {NetworkError} from '../../src/http/errors';
import {Connector, catalogOf} from '../support/connector';
import {runHere} from '../support/in-process';

/** No run of the key of this many characters may be shown. */
const RUN = 8;

const connector = new Connector('http://127.0.0.1');

afterAll(() => connector.close());

/** Without digits, so that no timestamp is a part of it by chance. */
const keys = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.'),
  minLength: RUN,
  maxLength: 60,
});

/** What a server repeats of the key, with what is around it: cut anywhere. */
const echoes = fc.record({
  from: fc.nat(8),
  to: fc.integer({min: 16, max: 60}),
  before: fc.constantFrom('', 'Bearer ', 'x'.repeat(90), 'x'.repeat(495), '"', '\n'),
  after: fc.constantFrom('', ' is not valid', '"}', '\u2028', 'y'.repeat(600)),
});

/** Where it repeats it. */
const places: Readonly<Record<string, (echo: string) => Partial<HttpResponse> & {body: Buffer}>> = {
  ...Object.fromEntries(
    ['code', 'title', 'message', 'detail'].map((member) => [
      `the ${member} of an error`,
      (echo: string) => ({status: 400, ...json({errors: [{[member]: echo}]})}),
    ]),
  ),
  'the source of an error': (echo) => ({status: 422, ...json({errors: [{source: {pointer: echo}}]})}),
  'the meta of an error': (echo) => ({status: 500, ...json({errors: [{meta: {deep: [echo]}}]})}),
  'the name of a member': (echo) => ({status: 403, ...json({errors: [{meta: {[echo]: 1}}]})}),
  'an unauthorized error': (echo) => ({status: 401, ...json({errors: [{title: echo}]})}),
  'an error that is a text': (echo) => ({status: 400, ...json({error: echo, message: echo})}),
  'a page of HTML': (echo) => ({headers: {'content-type': 'text/html'}, body: Buffer.from(`<p>${echo}`)}),
  'no JSON': (echo) => ({body: Buffer.from(`{"data":[{"id":"1","a":"${echo}`)}),
  headers: (echo) => ({
    status: 429,
    headers: {'content-type': echo, 'content-encoding': echo, 'x-ratelimit-reset': echo, date: echo},
    body: Buffer.from(echo),
  }),
  'the content type of a success': (echo) => ({headers: {'content-type': echo}, body: Buffer.from('?')}),
  'the id of a record': (echo) => json({data: [{id: echo, type: echo, attributes: {updatedAt: echo}}]}),
  'a record without an id': (echo) => json({data: [{[echo]: echo, type: echo, attributes: {name: echo}}]}),
  'the name of a custom attribute': (echo) =>
    json({data: {attributes: {properties: {[`${echo}Str`]: {type: 'string', displayName: echo}}}}}),
  'the name of a klass': (echo) =>
    json({data: [{id: '1', type: 'klass', attributes: {name: echo, status: 'enabled'}}]}),
};

function json(value: unknown): {body: Buffer} {
  return {body: Buffer.from(JSON.stringify(value))};
}

function linesWithPartsOf(key: string, text: string): string[] {
  const runs = Array.from({length: key.length - RUN + 1}, (_, at) => key.slice(at, at + RUN));
  return text
    .split('\n')
    .filter((line) => !line.startsWith('{"type":"RECORD"') && runs.some((run) => line.includes(run)));
}

async function run(command: string, key: string, answer: () => Promise<HttpResponse>): Promise<string> {
  const config = connector.file({api_token: key, start_date: '2024-05-31', concurrency: 4});
  const streams = {tags: 'incremental', notes: 'full_refresh', custom_attributes: 'full_refresh'} as const;
  const catalog = connector.file(catalogOf(streams));
  const args = command === 'read' ? ['--catalog', catalog] : [];
  return (await runHere([command, '--config', config, ...args], {send: answer})).text;
}

test.each(Object.entries(places))(
  'no 8 characters of the key are shown that a server repeats in %s',
  async (_, place) => {
    await fc.assert(
      fc.asyncProperty(
        keys,
        echoes,
        fc.constantFrom('check', 'discover', 'read'),
        async (key, {from, to, before, after}, command) => {
          const part = key.slice(from, to);
          const answer = place(before + part + after);
          const text = await run(command, key, () => Promise.resolve({status: 200, headers: {}, ...answer}));
          expect(text).not.toBe('');
          expect(linesWithPartsOf(key, text)).toEqual([]);
        },
      ),
      {numRuns: 5},
    );
  },
);

test('nor where the network repeats it', async () => {
  await fc.assert(
    fc.asyncProperty(keys, async (key) => {
      const text = await run('read', key, () =>
        Promise.reject(new NetworkError(`EPROTO: header Bearer ${key}`, 'EPROTO')),
      );
      expect(text).toContain('Bearer ***');
      expect(linesWithPartsOf(key, text)).toEqual([]);
    }),
    {numRuns: 5},
  );
});
