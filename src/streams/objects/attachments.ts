import schema from '../../../resources/schemas/attachments.json';
import type {StreamSchema} from '../../records/shape';
import {ChildStream} from '../child-stream';

/**
 * Files that came with the messages of a conversation: what is known of them, not the files.
 *
 * Known: the address and the attributes (resources/attributes/objects.json, from the public API description). Assumed: that it is paged as lists are,
 * and that a new file changes its conversation's `updatedAt`, as a new message does. One request for each conversation that changed.
 */
export class Attachments extends ChildStream {
  readonly name = 'attachments';
  readonly part = 'attachments';
  readonly schema: StreamSchema = schema;
}
