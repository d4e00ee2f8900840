/** A body split at its list of records. */
export interface ArrayParts {
  /** Where each member of the list begins and ends: byte offsets, end exclusive. */
  readonly members: readonly (readonly [number, number])[];
  /** JSON text of everything else, with an empty list instead of that one. */
  readonly envelope: string;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Finds the members of the list `data` of a JSON object without parsing them, so that they can be parsed one by one: a page parsed
 * at once lives long enough to be promoted to the old generation, and is collected late (docs/performance.md).
 *
 * Only splits: the parts are valid JSON if and only if the whole is.
 * @param body JSON text in UTF-8: no byte of a longer character equals one of the bytes looked for
 * @returns undefined where there is no such list
 */
export function splitArray(body: Buffer): ArrayParts | undefined {
  const open = findList(body);
  if (open === undefined) return undefined;
  const cuts = [open];
  let depth = 0;
  for (let at = open + 1; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) at = endOfString(body, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
    else if (byte === COMMA && depth === 0) cuts.push(at);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (depth > 0) depth--;
      else return byte === CLOSE_LIST ? partsOf(body, cuts, at) : undefined;
    }
  }
  return undefined;
}

/** @param cuts where the list begins, and its commas @param close where it ends */
function partsOf(body: Buffer, cuts: readonly number[], close: number): ArrayParts {
  const [open = 0] = cuts;
  const isEmpty = skipSpaces(body, open + 1) === close;
  return {
    members: isEmpty ? [] : cuts.map((cut, index) => [cut + 1, cuts[index + 1] ?? close]),
    envelope: `${body.toString('utf8', 0, open)}[]${body.toString('utf8', close + 1)}`,
  };
}

/** Where the list `data` of the outermost object begins. */
function findList(body: Buffer): number | undefined {
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
    if (byte !== QUOTE) continue;
    const end = endOfString(body, at);
    const colon = skipSpaces(body, end + 1);
    if (depth === 1 && body[colon] === COLON && body.toString('latin1', at + 1, end) === 'data') {
      const value = skipSpaces(body, colon + 1);
      return body[value] === OPEN_LIST ? value : undefined;
    }
    at = end;
  }
  return undefined;
}

/** @param at where a string begins @returns where it ends: its last quote */
function endOfString(body: Buffer, at: number): number {
  let end = at + 1;
  for (; end < body.length && body[end] !== QUOTE; end++) if (body[end] === BACKSLASH) end++;
  return end;
}

function skipSpaces(body: Buffer, at: number): number {
  let next = at;
  while (SPACES.has(body[next] ?? 0)) next++;
  return next;
}
