import {createHash} from 'node:crypto';
import {snakeCase} from '../../records/snake-case';

/** The names of klass streams begin with it, and no others do. */
export const KLASS_PREFIX = 'kobject_';

/** Klasses whose names in snake_case are the same, so that neither is the one that is meant. */
export class AmbiguousKlass {
  constructor(readonly klasses: readonly string[]) {}
}

/**
 * Names the stream of each klass: `kobject_` and the klass in snake_case. Where several klasses would get the same name, it goes
 * to the one that is spelt so, and the others get six digits of a hash of their own name appended: that name stays the same
 * whatever other klasses come and go.
 * @returns stream name -> klass, sorted by stream name
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
 * @returns undefined where these klasses have none for it (any more)
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

/** The klasses that have this name in snake_case. */
function rivalsOf(name: string, klasses: readonly string[]): readonly string[] {
  return klasses.filter((klass) => snakeCase(klass) === name);
}

function hashedName(klass: string): string {
  const digits = createHash('sha256').update(klass).digest('hex').slice(0, 6);
  return `${KLASS_PREFIX}${snakeCase(klass)}_${digits}`;
}
