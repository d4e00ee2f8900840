import {UnusableAnswer} from './client';
import {BadAnswerError, type Endpoint} from './errors';

/** A JSON:API resource as Kustomer sends it (kustomer-api.md, Envelope). */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, unknown>>;
}

/** What matters of an answer around its records. */
export interface Envelope {
  readonly data: readonly Resource[];
  readonly included: readonly Resource[];
  readonly meta: Readonly<Record<string, unknown>>;
  /** `links.next`, where the answer has one: relative, starting with `/v1`. */
  readonly next: string | undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a list of resources out of a parsed answer.
 * @throws UnusableAnswer when it is no such list; BadAnswerError when one of its records has no id
 */
export function readEnvelope(endpoint: Endpoint, answer: unknown): Envelope {
  const readResource = (value: unknown): Resource => {
    if (isObject(value) && typeof value['id'] === 'string' && value['id'] !== '')
      return value as unknown as Resource;
    throw new BadAnswerError(endpoint, `a record has no id: ${JSON.stringify(value)?.slice(0, 200)}`);
  };
  if (!isObject(answer) || !Array.isArray(answer['data']))
    throw new UnusableAnswer('the answer has no list of records in "data"');
  const links = isObject(answer['links']) ? answer['links'] : {};
  return {
    data: answer['data'].map(readResource),
    included: Array.isArray(answer['included']) ? answer['included'].map(readResource) : [],
    meta: isObject(answer['meta']) ? answer['meta'] : {},
    next: typeof links['next'] === 'string' && links['next'] !== '' ? links['next'] : undefined,
  };
}
