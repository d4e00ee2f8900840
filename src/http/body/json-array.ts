import {Byte, endOfString, skipSpaces} from '../../json-bytes';

/**
 * Where the list `data` of a JSON object begins: at its bracket. Its members can then be taken one by one: a page parsed at once
 * lives long enough to be promoted to the old generation, and is collected late (docs/performance.md).
 *
 * @param body JSON text in UTF-8: no byte of a longer character equals one of the bytes looked for
 * @returns undefined where there is no such list
 */
export function findArray(body: Buffer): number | undefined {
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === Byte.OpenObject || byte === Byte.OpenList) depth++;
    else if (byte === Byte.CloseObject || byte === Byte.CloseList) depth--;
    if (byte !== Byte.Quote) continue;
    const end = endOfString(body, at);
    const colon = skipSpaces(body, end + 1);
    if (depth === 1 && body[colon] === Byte.Colon && body.toString('latin1', at + 1, end) === 'data') {
      const value = skipSpaces(body, colon + 1);
      return body[value] === Byte.OpenList ? value : undefined;
    }
    at = end;
  }
  return undefined;
}
