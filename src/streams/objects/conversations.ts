import schema from '../../../resources/schemas/conversations.json';
import type {StreamSchema} from '../../records/shape';
import {SearchStream} from '../search-stream';

export class Conversations extends SearchStream {
  readonly name = 'conversations';
  readonly context = 'conversation';
  readonly schema: StreamSchema = schema;
}
