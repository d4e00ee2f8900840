import type {Connection} from '../connection';
import {explain, isKeyRefusal} from '../error-messages';
import {KustomerError, RefusedError, StoppedError, UnavailableError, describeEndpoint} from '../http/errors';
import {roleFor} from '../kustomer/roles';
import type {KustomerStream} from '../streams/stream';

/** What a check has found out. */
export interface CheckResult {
  readonly succeeded: boolean;
  /** For the user; undefined when there is nothing to add to a success. */
  readonly message: string | undefined;
}

/** What a stream was answered with, where that was no record. */
interface Tried {
  readonly stream: KustomerStream;
  /** A role is missing, or the account does not have it. */
  readonly refusal?: RefusedError;
  /** Anything else that went wrong with a stream that not every account has. */
  readonly problem?: KustomerError;
}

/**
 * Tries a connection: the user behind the key, then one record of each stream, and of one archive. A key that may read anything passes,
 * and the message names what it may not read and which role would grant it. Never throws: any failure that is no refusal is the result,
 * at once; but what goes wrong with a stream that not every account has is only named.
 */
export async function tryConnection(
  connection: Pick<Connection, 'client' | 'streams'>,
): Promise<CheckResult> {
  try {
    return await tryStreams(connection);
  } catch (error) {
    return {succeeded: false, message: explain(error).message};
  }
}

async function tryStreams({client, streams}: Pick<Connection, 'client' | 'streams'>): Promise<CheckResult> {
  // A refusal here may mean no more than a missing role (docs/kustomer-api.md, Roles): the streams will tell.
  const refusal = await refusalOf(
    client.request({
      build: () => ({method: 'GET', path: '/v1/users/current'}),
      decode: (body) => body.json(),
    }),
  );
  const tried = await Promise.all(streams.map((stream) => tryStream(stream)));
  const refused = tried.flatMap(({stream, refusal: reason}) => (reason ? [stream] : []));
  const failed = tried.flatMap(({problem}) => (problem ? [problem] : []));
  const without = tried.flatMap(({stream, ...why}) => (why.refusal || why.problem ? [stream] : []));
  if (streams.every((stream) => stream.needsNoRole || without.includes(stream))) {
    return {
      succeeded: false,
      message: refusal ? explain(refusal).message : `The API key cannot read anything: ${describe(refused)}.`,
    };
  }
  const messages = [
    ...(refused.length > 0
      ? [`The API key cannot read ${describe(refused)}. These streams will fail; all others can be read.`]
      : []),
    ...failed.map((problem) => `One stream that not every account has may fail: ${explain(problem).message}`),
    ...(await archiveProblem(streams.filter((stream) => !without.includes(stream)))),
  ];
  return {succeeded: true, message: messages.length > 0 ? messages.join(' ') : undefined};
}

async function tryStream(stream: KustomerStream): Promise<Tried> {
  try {
    const refusal = await refusalOf(stream.sample(1));
    return {stream, ...(refusal && {refusal})};
  } catch (error) {
    const isOwn = error instanceof KustomerError && !(error instanceof StoppedError);
    const isKeys = error instanceof RefusedError && isKeyRefusal(error);
    if (!stream.isOptional || !isOwn || isKeys) throw error;
    return {stream, problem: error};
  }
}

/** What there is to say of the archive, as the first of these streams that reads one finds it: a read goes on without it. */
async function archiveProblem(streams: readonly KustomerStream[]): Promise<readonly string[]> {
  try {
    for (const stream of streams) {
      const sample = stream.sampleArchive();
      if (sample === undefined) continue;
      await sample;
      return [];
    }
    return [];
  } catch (error) {
    // What a read takes for a refusal of its archive (streams/read/search-read.ts).
    const isFinal =
      error instanceof RefusedError || (error instanceof UnavailableError && (error.status ?? 0) >= 500);
    if (!isFinal) throw error;
    return [
      `The archive cannot be read (${error.message}), so what was last updated more than two years ago will be missing. Set "include_archived" to false if your organization has no archive.`,
    ];
  }
}

/** `notes (POST /v1/customers/search (note) needs org.user.search.read); …` */
function describe(streams: readonly KustomerStream[]): string {
  return streams
    .map(({name, endpoint}) => `${name} (${describeEndpoint(endpoint)} needs ${roleFor(endpoint.path)})`)
    .join('; ');
}

/** The refusal that a request ended with, where other requests may still be granted. @throws any other error */
async function refusalOf(request: Promise<unknown>): Promise<RefusedError | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    const isOfOne =
      error instanceof RefusedError && [401, 403, 404].includes(error.status) && !isKeyRefusal(error);
    if (isOfOne) return error;
    throw error;
  }
}
