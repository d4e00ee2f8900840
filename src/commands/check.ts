import type {Explanation} from '../airbyte/messages';
import type {Connection} from '../connection';
import {RefusedError, describeEndpoint} from '../http/errors';
import {roleFor} from '../kustomer/roles';
import type {KustomerStream} from '../streams/stream';

/** What a check has found out. */
export interface CheckResult {
  readonly succeeded: boolean;
  /** For the user; undefined when there is nothing to add to a success. */
  readonly message: string | undefined;
}

/**
 * Tries a connection: the user behind the token, then one record of each stream. A token that may read anything passes, and
 * the message names what it may not read and which role would grant it.
 */
export async function tryConnection(
  {client, streams}: Pick<Connection, 'client' | 'streams'>,
  explain: (error: unknown) => Explanation,
): Promise<CheckResult> {
  // Refused here may mean no more than a missing role (docs/kustomer-api.md, Roles): the streams will tell.
  const user = await settle(
    client.request({
      build: () => ({method: 'GET', path: '/v1/users/current'}),
      decode: (answer) => answer.json(),
    }),
  );
  if (user && !isRefusal(user.error)) return {succeeded: false, message: explain(user.error).message};
  const refused: KustomerStream[] = [];
  for (const outcome of await Promise.all(
    streams.map(async (stream) => ({stream, failure: await settle(stream.sample(1))})),
  )) {
    if (!outcome.failure) continue;
    if (!isRefusal(outcome.failure.error))
      return {succeeded: false, message: explain(outcome.failure.error).message};
    refused.push(outcome.stream);
  }
  if (streams.every((stream) => stream.needsNoRole || refused.includes(stream)))
    return {
      succeeded: false,
      message: user ? explain(user.error).message : `The API key cannot read anything: ${describe(refused)}.`,
    };
  if (refused.length === 0) return {succeeded: true, message: undefined};
  return {
    succeeded: true,
    message: `The API key cannot read ${describe(refused)}. These streams will fail; all others can be read.`,
  };
}

/** `notes (POST /v1/customers/search (note) needs org.user.search.read); …` */
function describe(streams: readonly KustomerStream[]): string {
  return streams
    .map(({name, endpoint}) => `${name} (${describeEndpoint(endpoint)} needs ${roleFor(endpoint.path)})`)
    .join('; ');
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof RefusedError && [401, 403, 404].includes(error.status) && !/expire/i.test(error.texts)
  );
}

async function settle(promise: Promise<unknown>): Promise<{error: unknown} | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return {error};
  }
}
