import http from 'node:http';
import {gunzipSync} from 'node:zlib';

/** Kustomer serves no page beyond this one. */
const LAST_PAGE = 100;

/**
 * The least that any connector must do: ask for the pages over HTTP, unpack and parse each once, and write each record as one
 * line of JSON, a page at a time. It pages by number, which loses nothing only where nothing changes and there are no more than
 * a hundred pages; it knows nothing of order, limits, schemas or errors.
 */
export async function runFloor(url: string, context: string): Promise<void> {
  const agent = new http.Agent({keepAlive: true});
  const question = JSON.stringify({
    and: [{[`${context}_updated_at`]: {lte: new Date().toISOString()}}],
    sort: [{[`${context}_updated_at`]: 'asc'}],
    queryContext: context,
    includeDeleted: true,
  });
  for (let page = 1; page <= LAST_PAGE; page++) {
    const {data} = JSON.parse(await ask(agent, url, page, question)) as {data: unknown[]};
    if (data.length === 0) break;
    const head = `{"type":"RECORD","record":{"stream":"${context}","emitted_at":${Date.now()},"data":`;
    let text = '';
    for (const record of data) text += `${head}${JSON.stringify(record)}}}\n`;
    if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  agent.destroy();
}

function ask(agent: http.Agent, url: string, page: number, body: string): Promise<string> {
  const headers = {
    authorization: 'Bearer sandbox-token',
    'content-type': 'application/json',
    'accept-encoding': 'gzip',
  };
  return new Promise((resolve, reject) => {
    http
      .request(
        `${url}/v1/customers/search?page=${page}&pageSize=500`,
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
