import schema from '../../../resources/schemas/notes.json';
import type {StreamSchema} from '../../records/shape';
import {SearchStream} from '../search-stream';

export class Notes extends SearchStream {
  readonly name = 'notes';
  readonly context = 'note';
  override readonly archived = false;
  readonly schema: StreamSchema = schema;
}
