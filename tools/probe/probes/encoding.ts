import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';

const ENCODINGS = /^(gzip|x-gzip|br|deflate|zstd|identity)(, *(gzip|br|deflate|zstd|identity))*$/;

/** How bodies are packed and written. */
export const encoding: Probe = {
  topic: 'encoding',
  assumed: 'long bodies are gzipped; UTF-8 without a byte order mark',
  async run({exchanges}: Subject): Promise<Outcome> {
    const all = exchanges.map(({headers}) => encodingOf(headers['content-encoding']));
    const hasMark = exchanges.some(({hasByteOrderMark}) => hasByteOrderMark);
    const kinds = [...new Set(all)];
    const isPlain = kinds.every((kind) => kind === 'gzip' || kind === 'none');
    return {
      verdict:
        kinds.length === 0
          ? 'not shown'
          : isPlain && !hasMark && kinds.includes('gzip')
            ? 'as assumed'
            : 'differs',
      seen: [...kinds, ...(hasMark ? ['with a byte order mark'] : [])].join(', ') || 'nothing came',
      does: 'asks for gzip; takes gzip, deflate, br and none',
      sandbox: {settings: {...settingOf(kinds), ...(hasMark && {charset: 'bom'})}},
    };
  },
};

function encodingOf(header: string | undefined): string {
  if (header === undefined) return 'none';
  return ENCODINGS.test(header) ? header : 'another';
}

function settingOf(kinds: readonly string[]): SandboxSettings {
  // Refusals are short, and come as they are.
  const [packed, another] = kinds.filter((kind) => kind !== 'none');
  if (packed === undefined) return {encoding: 'identity'};
  const isKnown = packed === 'br' || packed === 'deflate' || packed === 'gzip, identity';
  return isKnown && another === undefined ? {encoding: packed} : {};
}
