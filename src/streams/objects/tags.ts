import schema from '../../../resources/schemas/tags.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

export class Tags extends ListStream {
  readonly name = 'tags';
  readonly path = '/v1/tags';
  readonly schema: StreamSchema = schema;
}
