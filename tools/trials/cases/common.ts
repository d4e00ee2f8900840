import type {ServerOptions} from '../../../sandbox/server/listen';
import type {Expectation, Trial} from '../trial';

/** All was read. */
export const WHOLE: Expectation = {exit: 0};
/** It failed and said so, and what it had not read it owes. */
export const LOUD: Expectation = {exit: 1, missing: Infinity};

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** What a trial is about besides its name: conversations unless it says otherwise. */
export type Given = Omit<Trial, 'finding' | 'label' | 'tried' | 'streams'> & Partial<Pick<Trial, 'streams'>>;

/** Makes a trial. */
export function trial(name: string, tried: string, given: Given): Trial {
  const [finding = '', label = ''] = name.split(' ');
  return {
    finding,
    label,
    tried,
    streams: ['conversations'],
    world: {sizes: {conversations: 3_000}},
    ...given,
  };
}

/** So many conversations, and settings. */
export function conversations(
  count: number,
  settings: ServerOptions['settings'] = {},
): Partial<ServerOptions> {
  return {sizes: {conversations: count}, settings};
}

/** Asks the sandbox to change something. */
export async function control(url: string, path: string, body: object): Promise<void> {
  await fetch(`${url}/sandbox/${path}`, {method: 'POST', body: JSON.stringify(body)});
}
