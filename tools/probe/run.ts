import {NetworkError} from '../../src/http/errors';
import {type Asker, SpentError} from './ask';
import type {Finding, Outcome, Probe, Subject} from './finding';
import {ListPages} from './list-pages';
import {isHopeless, PROBES} from './probes';
import {SearchPages} from './search-pages';

export interface RunOptions {
  readonly asker: Asker;
  /** Epoch ms. */
  readonly startedAtMs: number;
  readonly lookbackMs: number;
}

/** Runs all probes, one after the other. Never throws: a probe that fails is a finding that says so. */
export async function runProbes(options: RunOptions): Promise<readonly Finding[]> {
  const {asker, startedAtMs, lookbackMs} = options;
  const subject: Subject = {
    ask: asker.ask,
    searches: new SearchPages(asker.ask, startedAtMs),
    lists: new ListPages(asker.ask),
    exchanges: asker.exchanges,
    startedAtMs,
    lookbackMs,
  };
  const findings: Finding[] = [];
  for (const probe of PROBES) {
    const outcome = await outcomeOf(probe, subject);
    if (isHopeless(outcome)) asker.close('this key is refused everywhere');
    if (probe === PROBES[0] && outcome.verdict === 'failed') asker.close('Kustomer cannot be reached');
    findings.push({topic: probe.topic, assumed: probe.assumed, ...outcome});
  }
  return findings;
}

async function outcomeOf(probe: Probe, subject: Subject): Promise<Outcome> {
  try {
    return await probe.run(subject);
  } catch (error) {
    if (error instanceof SpentError) {
      return {verdict: 'not asked', seen: `not asked: ${error.message}`, does: '-'};
    }
    return {verdict: 'failed', seen: describeFailure(error), does: '-'};
  }
}

/** Codes and names only: a message may repeat an address, or what a record says. */
function describeFailure(error: unknown): string {
  if (error instanceof NetworkError) {
    return `no answer (${error.obstacle?.kind ?? error.code ?? 'the connection broke'})`;
  }
  return `a defect of the probe (${error instanceof Error ? error.name : typeof error})`;
}
