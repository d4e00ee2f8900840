import schema from '../../../resources/schemas/messages.json';
import type {StreamSchema} from '../../records/shape';
import {SearchStream} from '../search-stream';

export class Messages extends SearchStream {
  readonly name = 'messages';
  readonly context = 'message';
  readonly schema: StreamSchema = schema;
}
