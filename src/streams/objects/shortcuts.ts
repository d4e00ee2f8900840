import schema from '../../../resources/schemas/shortcuts.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

export class Shortcuts extends ListStream {
  readonly name = 'shortcuts';
  readonly path = '/v1/shortcuts';
  readonly schema: StreamSchema = schema;
}
