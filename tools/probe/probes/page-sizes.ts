import type {PageKind} from '../../../sandbox/api/differences';
import type {Outcome, Probe, Subject} from '../finding';
import {isServed} from '../reply';
import {type SizedReply, sizeSeen} from '../page-size';

/** The documented maxima (docs/kustomer-api.md, Search and Lists): records. */
const DOCUMENTED = {search: 500, users: 500, teams: 500, lists: 100} as const;

/** The largest page of searches and of each kind of list, and what happens to more. */
export const pageSizes: Probe = {
  topic: 'page sizes',
  assumed:
    'search 500, users and teams 500, other lists 100; whether more is refused or cut down is not documented',
  async run({searches, lists}: Subject): Promise<Outcome> {
    const kinds: [PageKind, readonly SizedReply[]][] = [
      ['search', await searches.all()],
      ['users', [await lists.first('users')]],
      ['teams', [await lists.first('teams')]],
      ['lists', [await lists.first('tags')]],
    ];
    const seen = kinds.map(([kind, pages]) => ({kind, ...bestOf(pages)}));
    const known = seen.flatMap(({kind, largest}) =>
      largest === undefined ? [] : [[kind, largest] as const],
    );
    const isSmaller = known.some(([kind, largest]) => largest < DOCUMENTED[kind as keyof typeof DOCUMENTED]);
    const refusal = kinds.flatMap(
      ([, pages]) => pages.find(({refusedWith}) => refusedWith !== undefined) ?? [],
    )[0];
    return {
      verdict: isSmaller ? 'differs' : known.length > 0 ? 'as assumed' : 'not shown',
      seen: seen.map(({kind, seen: what}) => `${kind}: ${what}`).join('; '),
      does: 'asks for the documented size; one that is refused becomes the largest that is served; a list that is cut down is read to its end',
      sandbox: {
        pageSizes: Object.fromEntries(known),
        settings: refusal
          ? {
              largerPages: 'refused',
              ...(refusal.refusedWith !== undefined && {largerPagesStatus: refusal.refusedWith}),
              largerPagesText: refusal.isNamed ? 'maximum' : 'plain',
            }
          : {largerPages: 'clamped'},
      },
    };
  },
};

function bestOf(pages: readonly SizedReply[]): ReturnType<typeof sizeSeen> {
  const served = pages.filter(({reply}) => isServed(reply)).map(sizeSeen);
  const known = served.find(({largest}) => largest !== undefined);
  return known ?? served[0] ?? {largest: undefined, seen: 'refused'};
}
