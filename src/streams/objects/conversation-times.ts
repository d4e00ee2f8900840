import schema from '../../../resources/schemas/conversation_times.json';
import type {StreamSchema} from '../../records/shape';
import {ChildStream} from '../child-stream';

/**
 * How long agents worked on a conversation: one row per session, the source of handle times.
 *
 * Documented: the address, its role, that times are in seconds there, and that the API only reads them (developer.kustomer.com, Get
 * conversation times by conversation). That search knows them as a context is not, so it is not asked. Assumed: paging as of lists, and
 * that work on a conversation changes its `updatedAt`. One request for each conversation that changed.
 */
export class ConversationTimes extends ChildStream {
  readonly name = 'conversation_times';
  readonly part = 'times';
  protected override readonly partsPage = 1000;
  readonly schema: StreamSchema = schema;
}
