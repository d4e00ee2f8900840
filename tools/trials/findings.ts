import type {Finding} from './report';

/** What servers that differ from what the connector believed once did to it. */
export const FINDINGS: readonly Finding[] = [
  {
    name: 'F1',
    title: "one stream's 400 and the deleted records of all others",
    before: 'lost for good, without a word',
  },
  {
    name: 'F2',
    title: 'an answer that is empty just once',
    before: 'the rest of its window was lost without a word',
  },
  {
    name: 'F3',
    title: 'a record whose body differs from its place in the index',
    before: 'blocked its stream for good',
  },
  {
    name: 'F4',
    title: 'an instant whose own question finds nothing',
    before: 'its records were lost without a word',
  },
  {name: 'F5', title: 'a server that repeats the API key', before: 'up to 182 of 323 characters were shown'},
  {
    name: 'F6',
    title: 'a 429 with nothing left, where answers tell no limits',
    before: 'three requests a minute for ever',
  },
  {name: 'F7', title: 'filters exact to the second', before: 'the stream failed at every sync'},
  {
    name: 'F8',
    title: 'a refused page that serves speed alone',
    before: 'failed the stream for 403, 404, 422 and 500',
  },
  {name: 'F9', title: 'counts that do not agree with what came', before: 'nobody was told'},
  {
    name: 'F10',
    title: 'lists with pages of another kind',
    before: 'short pages without a link: 10 of 95, without a word; cursor links failed',
  },
  {
    name: 'F11',
    title: 'pages over 100 refused',
    before: 'pages of 62 (43 requests for 2,000 rows); failed for 422',
  },
  {
    name: 'F12',
    title: 'an archive that answers other refusals',
    before: 'failed at every sync, and did not name the way out',
  },
  {name: 'F13', title: 'errors that cannot pass', before: 'tried for ten minutes and called transient'},
  {name: 'F14', title: 'a full disk', before: 'ended without a word'},
  {name: 'F15', title: 'a state from the future', before: 'read nothing and did not say so'},
  {name: 'F16', title: 'a value nested 2,000 levels deep', before: 'stopped its stream for good'},
  {name: 'F17', title: 'a record of 10,000 attributes', before: 'took more than 20 s'},
  {
    name: 'F18',
    title: 'smaller things',
    before:
      'numeric ids, microseconds and other offsets of time failed their stream; others were slow or unclear',
  },
  {name: 'held', title: 'what held before', before: 'whole, or failed by name'},
];
