import {createHash} from 'node:crypto';
import {snakeCase} from '../../records/snake-case';

/** What the names of klass streams begin with; no other stream's does. */
export const KLASS_PREFIX = 'kobject_';

/** Klasses whose names become one and the same, none of which has more right to it. */
export class AmbiguousKlass {
  constructor(readonly klasses: readonly string[]) {}
}

/**
 * Names the stream of each klass: `kobject_` and the klass in snake_case. Where several klasses would have one name, the one
 * that is spelt so has it, and each other one gets six digits of its own name's hash behind it: so no name depends on which
 * other klasses there are today.
 * @returns stream name -> klass, by stream name
 */
export function nameKlassStreams(klasses: readonly string[]): ReadonlyMap<string, string> {
  const named = klasses.map((klass): [string, string] => {
    const isPlain = klass === snakeCase(klass) || rivalsOf(snakeCase(klass), klasses).length === 1;
    return [isPlain ? KLASS_PREFIX + snakeCase(klass) : hashedName(klass), klass];
  });
  return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Finds the klass of a stream that was discovered earlier, when there may have been other klasses.
 * @returns undefined where it is not among these klasses (any more)
 */
export function klassOfStream(
  stream: string,
  klasses: readonly string[],
): string | AmbiguousKlass | undefined {
  const exact =
    nameKlassStreams(klasses).get(stream) ?? klasses.find((klass) => hashedName(klass) === stream);
  if (exact !== undefined) return exact;
  const rivals = rivalsOf(stream.slice(KLASS_PREFIX.length), klasses);
  return rivals.length > 0 ? new AmbiguousKlass(rivals) : undefined;
}

/** The klasses that have one name in snake_case. */
function rivalsOf(name: string, klasses: readonly string[]): readonly string[] {
  return klasses.filter((klass) => snakeCase(klass) === name);
}

function hashedName(klass: string): string {
  const digits = createHash('sha256').update(klass).digest('hex').slice(0, 6);
  return `${KLASS_PREFIX}${snakeCase(klass)}_${digits}`;
}
