import type {RefusalRule} from '../../../sandbox/api/refusals';
import type {Outcome, Probe, Subject} from '../finding';
import {describeReply, isServed} from '../reply';
import {type Row, rowsOf} from '../rows';
import {byOutcome} from '../words';

/** Whether searches give deleted records when they are asked to (docs/kustomer-api.md, Search). */
export const deletedInSearches: Probe = {
  topic: 'deleted in searches',
  assumed: 'includeDeleted is taken by every context, and adds records that are marked deleted',
  async run({searches}: Subject): Promise<Outcome> {
    const pages = (await searches.all()).filter(({rows}) => rows !== undefined);
    const refused = pages.filter(({isDeletedRefused}) => isDeletedRefused);
    const hasDeleted = pages.some(({rows = []}) => deletedOf(rows) > 0);
    const seen = pages.map(({context, rows = [], isDeletedRefused}) => {
      const marked = deletedOf(rows) > 0 ? 'taken, with deleted records' : 'taken, none is deleted';
      return [context, isDeletedRefused ? 'refused, answered without it' : marked] as const;
    });
    const rule = {of: 'search', includeDeleted: true, status: 400} satisfies RefusalRule;
    return {
      verdict: refused.length > 0 ? 'differs' : hasDeleted ? 'as assumed' : 'not shown',
      seen: byOutcome(seen) || 'no context answers',
      does:
        refused.length > 0
          ? 'gives deleted records up in these contexts alone, says so, and reads them once they are granted'
          : 'asks for them, unless "include_deleted" is false',
      ...(refused.length > 0 && {
        sandbox:
          refused.length === pages.length
            ? {settings: {rejectIncludeDeleted: true}}
            : {refusals: [{...rule, names: refused.map(({context}) => context)}]},
      }),
    };
  },
};

/** How lists tell of what was deleted (docs/kustomer-api.md, Lists). */
export const deletedInLists: Probe = {
  topic: 'deleted in lists',
  assumed:
    'users: a list of their own, deleted=true; tags, teams, shortcuts: marked in the list, if Kustomer shows them',
  async run({ask, lists}: Subject): Promise<Outcome> {
    const deletedList = async (name: string): Promise<string> => {
      const {asked} = await lists.first(name);
      const reply = await ask({
        method: 'GET',
        path: `/v1/${name}`,
        params: {deleted: 'true', page: 1, pageSize: asked},
      });
      const count = rowsOf(reply)?.length;
      if (!isServed(reply) || count === undefined) return describeReply(reply);
      const both = [...((await lists.first(name)).rows ?? [])].map(({id}) => id);
      const isSame = count > 0 && (rowsOf(reply) ?? []).every(({id}) => both.includes(id));
      return count === 0 ? 'taken, none' : isSame ? 'taken, but the same records' : 'taken, with records';
    };
    const outcomes: [string, string][] = [];
    for (const name of ['users', 'tags']) outcomes.push([`${name}?deleted=true`, await deletedList(name)]);
    for (const name of ['users', 'tags', 'teams', 'shortcuts']) {
      const {rows} = await lists.first(name);
      if (rows) outcomes.push([name, deletedOf(rows) > 0 ? 'some are marked' : 'none is marked']);
    }
    const [[, users = ''] = []] = outcomes;
    return {
      verdict: !users.startsWith('taken') || users.includes('same') ? 'differs' : 'as assumed',
      seen: byOutcome(outcomes),
      does: 'reads both lists of users; gives of the others what their lists give, with "deleted" as it is',
    };
  },
};

function deletedOf(rows: readonly Row[]): number {
  return rows.filter(({isDeleted}) => isDeleted).length;
}
