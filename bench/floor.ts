import http from 'node:http';
import {gunzipSync} from 'node:zlib';

/**
 * The least that any connector must do: ask for the pages over HTTP, unpack and parse each once, and write each record as one
 * line of JSON, a page at a time. It knows nothing of order, limits, schemas or errors.
 */
export async function runFloor(url: string, context: string): Promise<void> {
  const agent = new http.Agent({keepAlive: true});
  const to = new Date().toISOString();
  let from = new Date(0).toISOString();
  let seen = new Set<string>();
  for (;;) {
    const page = JSON.parse(await ask(agent, url, question(context, from, to))) as {data: Found[]};
    const fresh = page.data.filter(({id}) => !seen.has(id));
    if (fresh.length === 0) return agent.destroy();
    const lines = fresh.map(
      (data) =>
        `{"type":"RECORD","record":{"stream":"${context}","emitted_at":${Date.now()},"data":${JSON.stringify(data)}}}\n`,
    );
    if (!process.stdout.write(lines.join('')))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    const last = page.data.at(-1)?.attributes.updatedAt ?? from;
    if (last !== from) seen = new Set();
    from = last;
    for (const {id, attributes} of fresh) if (attributes.updatedAt === last) seen.add(id);
  }
}

interface Found {
  readonly id: string;
  readonly attributes: {readonly updatedAt: string};
}

function question(context: string, gte: string, lte: string): string {
  const updated = `${context}_updated_at`;
  return JSON.stringify({
    and: [{[updated]: {gte}}, {[updated]: {lte}}],
    sort: [{[updated]: 'asc'}],
    queryContext: context,
    includeDeleted: true,
  });
}

function ask(agent: http.Agent, url: string, body: string): Promise<string> {
  const headers = {
    authorization: 'Bearer sandbox-token',
    'content-type': 'application/json',
    'accept-encoding': 'gzip',
  };
  return new Promise((resolve, reject) => {
    http
      .request(
        `${url}/v1/customers/search?page=1&pageSize=500`,
        {method: 'POST', agent, headers},
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const bytes = Buffer.concat(chunks);
            resolve(
              (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8'),
            );
          });
        },
      )
      .on('error', reject)
      .end(body);
  });
}
