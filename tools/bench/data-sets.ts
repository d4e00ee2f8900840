import {UNLIMITED} from '../../sandbox/api/settings';
import type {ServerOptions} from '../../sandbox/server/options';
import type {ObjectName} from '../../sandbox/world/objects';
import type {World} from '../../sandbox/world/world';
import {wideCustomer} from './wide';

/** Within search's reach, so that the archive is not asked too. */
const HISTORY_DAYS = 700;

/** Records of one kind, made up for the benchmark; the sandbox's process finds it by its name. */
export interface DataSet {
  readonly name: string;
  /** The stream that is read. */
  readonly stream: string;
  /** What search calls it. */
  readonly context: string;
  /** How a sandbox with so many records starts. */
  readonly options: (size: number) => Partial<ServerOptions>;
  /** Puts in what the sandbox does not make up by itself. */
  readonly fill?: (world: World, size: number) => void;
}

/** As the sandbox makes them: a tenth in blocks of 3 to 1,200 with one `updatedAt`, as bulk jobs leave them. */
function withBulkChanges(stream: ObjectName, context: string): DataSet {
  return {
    name: `${stream}, a tenth in blocks of one instant`,
    stream,
    context,
    options: (size) => sandboxWith({[stream]: size}),
  };
}

/** A minute apart, so that no two share an instant: all that a page can hold is new. @param deletedOneIn none is deleted without it */
function evenly(stream: ObjectName, context: string, deletedOneIn?: number): DataSet {
  return {
    name: `${stream}, changed one by one`,
    stream,
    context,
    options: () => sandboxWith({}),
    fill: (world, size) => {
      const now = Date.now();
      for (let number = 0; number < size; number++) {
        const at = now - (size - number) * 60_000;
        const id = number.toString(16).padStart(24, '0');
        const deleted = deletedOneIn !== undefined && number % deletedOneIn === 0;
        world.insert({object: stream, id, createdAt: at, updatedAt: at, deleted});
      }
    },
  };
}

/** Records that no schema was made for, a minute apart: see `wideCustomer`. */
function wide(): DataSet {
  return {
    name: 'wide customers, that no schema knows',
    stream: 'customers',
    context: 'customer',
    options: () => sandboxWith({}),
    fill: (world, size) => {
      const now = Date.now();
      for (let number = 0; number < size; number++) {
        const at = now - (size - number) * 60_000;
        const id = number.toString(16).padStart(24, '0');
        const body = wideCustomer(number, id, at);
        world.insert({object: 'customers', id, createdAt: at, updatedAt: at, body});
      }
    },
  };
}

function sandboxWith(sizes: ServerOptions['sizes']): Partial<ServerOptions> {
  return {size: 0, sizes, historyDays: HISTORY_DAYS, settings: UNLIMITED};
}

export const WIDE_CUSTOMERS = wide();
export const CONVERSATIONS = withBulkChanges('conversations', 'conversation');
export const MESSAGES = withBulkChanges('messages', 'message');
export const EVEN_MESSAGES = evenly('messages', 'message');
/** Most are messages; a request for each conversation costs none of the searches. */
export const MESSAGES_AND_CONVERSATIONS: DataSet = {
  name: 'messages and conversations',
  stream: 'messages',
  context: 'message',
  options: (size) => sandboxWith({messages: size, conversations: Math.round(size / 10)}),
};
/** For the Singer tap, which asks for one instant for ever if more records share it than a page holds. Two in a hundred are deleted. */
export const FOR_THE_TAP = evenly('conversations', 'conversation', 50);

/** What the processor is measured with, and how many records of each: no number should depend on one shape of data. */
export const RECORD_PATH: readonly {readonly dataSet: DataSet; readonly size: number}[] = [
  {dataSet: CONVERSATIONS, size: 50_000},
  {dataSet: WIDE_CUSTOMERS, size: 20_000},
];

const ALL = [
  ...RECORD_PATH.map(({dataSet}) => dataSet),
  MESSAGES,
  EVEN_MESSAGES,
  MESSAGES_AND_CONVERSATIONS,
  FOR_THE_TAP,
];

/** @throws Error for a name that no data set has */
export function dataSetOf(name: string): DataSet {
  const found = ALL.find((dataSet) => dataSet.name === name);
  if (!found) throw new Error(`there is no data set ${name}`);
  return found;
}
