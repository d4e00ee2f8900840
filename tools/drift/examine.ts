import type {Explanation} from '../../src/airbyte/messages';
import type {Connection} from '../../src/connection';
import {type Comparison, compare} from './compare';
import {MOST_REQUESTS} from './limited';

/** Records of each stream that are asked for. */
const SAMPLE = 100;
/** What one stream's sample may cost: requests, of the dearest. */
const DEAREST = 8;

/** What was found of one stream: how its records differ, or why there are none. */
export interface Examined {
  readonly stream: string;
  readonly comparison?: Comparison;
  readonly problem?: string;
}

/**
 * Compares a sample of each stream with its schema: one after the other, so that the requests can be counted. Reads only.
 */
export async function examine(
  {client, streams}: Pick<Connection, 'client' | 'streams'>,
  explain: (error: unknown) => Explanation,
): Promise<readonly Examined[]> {
  const examined: Examined[] = [];
  for (const stream of streams) {
    const {name, schema} = stream;
    if (client.counts.requests > MOST_REQUESTS - DEAREST) {
      examined.push({stream: name, problem: `not looked at: ${MOST_REQUESTS} requests are the most`});
      continue;
    }
    try {
      examined.push({stream: name, comparison: compare(schema, await stream.sample(SAMPLE))});
    } catch (error) {
      examined.push({stream: name, problem: explain(error).message});
    }
  }
  return examined;
}
