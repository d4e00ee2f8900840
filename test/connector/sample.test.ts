import {UNLIMITED} from '../../sandbox/api/settings';
import {readFileSync} from 'node:fs';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import {countLeaves, lostFrom} from '../fakes/leaves';
import {Connector} from '../support/connector';
import {rowsOf} from '../support/messages';
import {SchemaCheck, expectProtocol} from '../support/protocol';

const SAMPLE = 'test/fixtures/customers-sample.jsonl';

interface Resource {
  readonly id: string;
}

describe(`records of a real shape (${SAMPLE})`, () => {
  let sandbox: Sandbox;
  let connector: Connector;
  let resources: Resource[];
  let rows: Map<unknown, Record<string, unknown>>;

  beforeAll(async () => {
    resources = readFileSync(SAMPLE, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Resource);
    sandbox = await startServer({size: 0, load: SAMPLE, settings: UNLIMITED});
    connector = new Connector(sandbox.url);
    const {code, messages} = await connector.read({streams: {customers: 'full_refresh'}});
    expect(code).toBe(0);
    expectProtocol(messages, ['customers']);
    new SchemaCheck((await connector.discover()).messages[0]?.catalog?.streams ?? []).expectValid(messages);
    rows = new Map(rowsOf(messages, 'customers').map((row) => [row['id'], row]));
  });

  afterAll(async () => {
    connector.close();
    await sandbox.close();
  });

  test('come out each once', () => {
    expect([...rows.keys()].sort()).toEqual(resources.map(({id}) => id).sort());
    expect(rows.size).toBeGreaterThan(0);
  });

  test('come out whole: each leaf that went in is in the row', () => {
    for (const resource of resources) {
      const record = JSON.stringify(resource);
      expect(countLeaves(record)).toBeGreaterThan(20);
      const lost = lostFrom(record, JSON.stringify(rows.get(resource.id)));
      expect({id: resource.id, lost}).toEqual({id: resource.id, lost: []});
    }
  });
});
