/**
 * The one rule by which every key becomes a column name:
 *
 * 1. A word starts before a capital that follows anything but a capital (`createdAt`, `s3DataUrl`), and before the
 *    last capital of a run when a small letter follows (`HTMLPage`).
 * 2. White space and every ASCII character that is no letter and no digit separate words too.
 * 3. Words are put in lower case and joined by one `_`; a separator at either end stays as one `_`.
 *
 * A capital is any character, of any script, that has another lower case; all else is kept as it is. So a name that
 * is in snake_case already stays, and no result is empty or contains `__`.
 *
 * `createdAt` → `created_at`, `twitter-dm` → `twitter_dm`, `iOS00Str` → `i_os00_str`, `日本Str` → `日本_str`, `0` → `0`.
 *
 * The spelling is that of the nine published tables (resources/attributes/published-tables.json).
 *
 * @param key a key as the API sends it
 * @returns the same key in snake_case; applying the rule again changes nothing
 */
export function snakeCase(key: string): string {
  const characters = [...key];
  let name = '';
  let previous = Kind.Separator;
  for (const [index, character] of characters.entries()) {
    const kind = kindOf(character);
    if (kind === Kind.Separator) {
      if (!name.endsWith('_')) name += '_';
    } else {
      if (kind === Kind.Capital && startsWord(previous, characters[index + 1])) name += '_';
      name += character.toLowerCase();
    }
    previous = kind;
  }
  return name;
}

enum Kind {
  Separator,
  Capital,
  Other,
}

function kindOf(character: string): Kind {
  if (character.toLowerCase() !== character) return Kind.Capital;
  const isAsciiSeparator = character <= '\x7f' && !/[a-z0-9]/.test(character);
  return isAsciiSeparator || /\s/.test(character) ? Kind.Separator : Kind.Other;
}

function startsWord(previous: Kind, next: string | undefined): boolean {
  if (previous === Kind.Capital) return next !== undefined && next.toUpperCase() !== next;
  return previous === Kind.Other;
}
