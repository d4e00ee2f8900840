import {discoverCatalog} from '../../src/commands/discover';
import {explain} from '../../src/error-messages';
import {Lists} from '../../src/kustomer/list';
import {PageSizes} from '../../src/kustomer/page-size';
import {clientOf} from '../fakes/client';
import {json, serveScript} from '../fakes/msw';

test('klasses without a name are warned of, since they can have no stream', async () => {
  const klasses = {data: [{id: '1', type: 'klass', attributes: {}}], links: {prev: null, next: null}};
  const metadata = {data: {attributes: {properties: {}}}};
  const web = serveScript((seen) => json(seen.url.startsWith('/v1/klasses') ? klasses : metadata)(seen));
  const logs: string[] = [];
  await discoverCatalog(
    {client: clientOf(web.url).client, lists: new Lists(new PageSizes(500), web.url), streams: []},
    explain,
    (level, message) => void logs.push(`${level} ${message}`),
  );
  expect(logs).toEqual([expect.stringMatching(/^WARN 1 of 1 klasses of custom objects have no name/)]);
});
