import schema from '../../../resources/schemas/kobjects.json';
import type {StreamSchema} from '../../records/shape';
import {SearchStream} from '../search-stream';

export class Kobjects extends SearchStream {
  readonly name = 'kobjects';
  readonly context = 'kobject';
  readonly schema: StreamSchema = schema;
}
