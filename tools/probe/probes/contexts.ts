import type {RefusalRule} from '../../../sandbox/api/refusals';
import {formatInstant} from '../../../src/time';
import type {Outcome, Probe, SandboxPart, Subject} from '../finding';
import {describeReply, isRoleRefusal, isServed, type Reply} from '../reply';
import {CONTEXTS, searchRequest} from '../search-pages';
import {rowsOf} from '../rows';
import {byOutcome} from '../words';

/** Contexts that no stream is read from yet, and the attribute that clients are known to sort them by (docs/kustomer-api.md, Search). */
const FURTHER = [
  {context: 'conversation_time', attribute: 'conversation_time_created_at'},
  {context: 'work_session', attribute: 'work_session_updated_at'},
  {context: 'work_item', attribute: 'work_item_handle_completed_at'},
] as const;

/** Which contexts of search answer. */
export const contexts: Probe = {
  topic: 'search contexts',
  assumed: `${CONTEXTS.join(', ')}: each answers, filtered and sorted by its own updated_at`,
  async run({searches}: Subject): Promise<Outcome> {
    const pages = await searches.all();
    const outcomes = pages.map(({context, reply, rows}) => {
      const isNoList = isServed(reply) && rows === undefined;
      return [context, isNoList ? 'answers no list' : describeReply(reply)] as const;
    });
    const isAll = outcomes.every(([, outcome]) => outcome === 'answered');
    return {
      verdict: isAll ? 'as assumed' : 'differs',
      seen: byOutcome(outcomes),
      does: isAll ? '-' : 'a stream whose context is refused fails by name; all others are read',
      sandbox: refusedPart(
        'search',
        pages.map(({context, reply}) => [context, reply]),
      ),
    };
  },
};

/** Contexts of objects that the connector does not read, or one conversation at a time. */
export const furtherContexts: Probe = {
  topic: 'further contexts',
  assumed: 'conversation_time, work_session and work_item can be searched by their times',
  async run({ask, searches: {range}}: Subject): Promise<Outcome> {
    const outcomes: [string, string][] = [];
    for (const {context, attribute} of FURTHER) {
      const reply = await ask(searchRequest({context, attribute, range, size: 25, withDeleted: false}));
      const empty = isServed(reply) && rowsOf(reply)?.length === 0 ? ', without records' : '';
      outcomes.push([context, describeReply(reply) + empty]);
    }
    return {
      verdict: outcomes.every(([, outcome]) => outcome.startsWith('answered')) ? 'as assumed' : 'differs',
      seen: byOutcome(outcomes),
      does: 'reads no stream from these: conversation_times are read from their conversations',
    };
  },
};

/** What of the archive answers (docs/kustomer-api.md, Archive search). */
export const archive: Probe = {
  topic: 'archive',
  assumed: 'all contexts but note have an archive of what has not changed for two years',
  async run({ask, searches}: Subject): Promise<Outcome> {
    const replies: [string, Reply][] = [];
    for (const context of CONTEXTS) {
      const withDeleted = !(await searches.first(context)).isDeletedRefused;
      const question = {
        context,
        range: [0, searches.range[0]],
        size: 25,
        withDeleted,
        isArchive: true,
      } as const;
      replies.push([context, await ask(searchRequest(question))]);
    }
    const outcomes = replies.map(([context, reply]) => {
      const empty = isServed(reply) && rowsOf(reply)?.length === 0 ? ', without records' : '';
      return [context, describeReply(reply) + empty] as const;
    });
    const isAssumed = replies.every(([context, reply]) => isServed(reply) === (context !== 'note'));
    const others = replies.filter(([context]) => context !== 'note');
    const isNone = others.every(([, {status}]) => status === 404);
    return {
      verdict: isAssumed ? 'as assumed' : 'differs',
      seen: `before ${formatInstant(searches.range[0]).slice(0, 10)}: ${byOutcome(outcomes)}`,
      does: isAssumed
        ? 'reads both in the week around the two years; old notes cannot be read'
        : 'a stream whose archive is refused is read without it, says so, and asks again each time; "include_archived": false is the way out',
      sandbox: isNone ? {settings: {archive: false}} : refusedPart('archive', others),
    };
  },
};

/** A role that is missing is the key's affair (see roles.ts); any other refusal is a rule of the sandbox. */
function refusedPart(of: 'search' | 'archive', replies: readonly (readonly [string, Reply])[]): SandboxPart {
  const refused = replies.filter(([, reply]) => !isServed(reply) && !isRoleRefusal(reply));
  const statuses = [...new Set(refused.map(([, {status}]) => status))];
  const rules = statuses.map((status): RefusalRule => {
    const names = refused.filter(([, reply]) => reply.status === status).map(([context]) => context);
    return {of, status, ...(names.length < replies.length && {names})};
  });
  return rules.length > 0 ? {refusals: rules} : {};
}
