import type {Outcome, Probe, Subject} from '../finding';
import {refusalRules} from '../refusals';
import {describeReply, isRoleRefusal, isServed} from '../reply';
import {rowsOf} from '../rows';
import {CONTEXTS, searchRequest} from '../search-pages';
import {byOutcome} from '../words';

/** Contexts of work, and the attributes that clients are known to sort them by, in the order in which the streams try them (docs/kustomer-api.md, Search). */
const FURTHER = [
  {context: 'conversation_time', attribute: 'conversation_time_created_at'},
  {context: 'work_session', attribute: 'work_session_updated_at'},
  {context: 'work_item', attribute: 'work_item_updated_at'},
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
      sandbox: {
        refusals: refusalRules(
          'search',
          pages.flatMap(({context, reply}) => (isRoleRefusal(reply) ? [] : [[context, reply] as const])),
        ),
      },
    };
  },
};

/** Contexts whose times are known from other clients only. */
export const furtherContexts: Probe = {
  topic: 'further contexts',
  assumed: 'conversation_time, work_session and work_item can be searched by their times',
  async run({ask, searches: {range}}: Subject): Promise<Outcome> {
    const outcomes: [string, string][] = [];
    const answered = new Set<string>();
    for (const {context, attribute} of FURTHER) {
      if (answered.has(context)) continue;
      const reply = await ask(searchRequest({context, attribute, range, size: 25, withDeleted: false}));
      if (isServed(reply)) answered.add(context);
      const empty = isServed(reply) && rowsOf(reply)?.length === 0 ? ', without records' : '';
      outcomes.push([attribute, describeReply(reply) + empty]);
    }
    return {
      verdict: outcomes.every(([, outcome]) => outcome.startsWith('answered')) ? 'as assumed' : 'differs',
      seen: byOutcome(outcomes),
      does: 'conversation_times: where refused, one request for each conversation that has changed; work_items: by the first of both times that is taken; else the stream fails by name',
    };
  },
};
