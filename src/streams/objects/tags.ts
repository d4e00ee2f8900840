import schema from '../../../resources/schemas/tags.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Tags extends ListStream {
  readonly name = 'tags';
  readonly path = '/v1/tags';
  readonly roles = [readRoles('tag', 'permission', 'user', 'admin')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A tag.',
    documented: 'the list and its roles (old portal)',
    assumed: 'that deleted ones may be missing from it',
  };
}
