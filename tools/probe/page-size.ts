import type {HttpRequest} from '../../src/http/call';
import type {Ask} from './ask';
import {errorText, isServed, nextOf, partOf, type Reply} from './reply';
import {rowsOf} from './rows';

/** Sizes worth trying after one that is refused: records. */
const LADDER = [500, 100, 50, 25];
const REFUSALS = new Set([400, 413, 422]);
/** What names something else than a page size. */
const OTHER_REASON = /include_?deleted|query_?context|attribute/i;

/** An answer, and which page sizes it took. */
export interface SizedReply {
  readonly reply: Reply;
  /** Records that were asked for in the end. */
  readonly asked: number;
  /** The status that larger sizes were refused with; undefined where the first was taken. */
  readonly refusedWith: number | undefined;
  /** A refusal named the largest size. */
  readonly isNamed: boolean;
}

/** What pages of one kind were seen to hold. */
export interface SeenSize {
  /** The largest page: records; undefined where the account has too few to show it. */
  readonly largest: number | undefined;
  readonly seen: string;
}

/** Asks for `wish` records, and for fewer as long as the size is refused. @param build the request for one size */
export async function askLargest(
  ask: Ask,
  wish: number,
  build: (size: number) => HttpRequest,
): Promise<SizedReply> {
  let asked = wish;
  let refusedWith: number | undefined;
  let isNamed = false;
  for (;;) {
    const reply = await ask(build(asked));
    const text = errorText(reply);
    const named = namedBelow(asked, text);
    const smaller = named ?? LADDER.find((size) => size < asked);
    if (!REFUSALS.has(reply.status) || OTHER_REASON.test(text) || smaller === undefined) {
      return {reply, asked, refusedWith, isNamed};
    }
    refusedWith = reply.status;
    isNamed = named !== undefined;
    asked = smaller;
  }
}

function namedBelow(asked: number, text: string): number | undefined {
  const numbers = [...text.matchAll(/\b\d{2,4}\b/g)].map(Number);
  return numbers.find((number) => number >= 10 && number < asked && !REFUSALS.has(number));
}

/** What an answer shows of the largest page of its kind. */
export function sizeSeen({reply, asked, refusedWith, isNamed}: SizedReply): SeenSize {
  const records = rowsOf(reply)?.length ?? 0;
  if (refusedWith !== undefined && isServed(reply)) {
    const named = isNamed ? ', which names the largest' : '';
    return {largest: asked, seen: `larger pages refused (${refusedWith}${named}), ${asked} taken`};
  }
  const told = partOf(reply, 'meta')['pageSize'];
  if (typeof told === 'number' && told < asked) return {largest: told, seen: `${asked} cut down to ${told}`};
  if (records >= asked) return {largest: records, seen: `${records} served`};
  const isCut = records > 0 && nextOf(reply) !== undefined;
  if (isCut) return {largest: records, seen: `${asked} cut down to ${records}`};
  if (told === asked) return {largest: asked, seen: `${asked} taken`};
  return {largest: undefined, seen: `${asked} taken, but there are too few records to tell`};
}
