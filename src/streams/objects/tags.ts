import schema from '../../../resources/schemas/tags.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Tags extends ListStream {
  readonly name = 'tags';
  readonly path = '/v1/tags';
  protected override readonly takesDeleted = 'seen';
  readonly roles = [readRoles('tag', 'permission', 'user', 'admin')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A tag; deleted ones too, where Kustomer lists them.',
    documented: 'the list and its roles (old portal)',
    assumed:
      "that `deleted=true` lists deleted ones, as Kustomer's own web client relies on; a list that refuses it, or takes no notice of it, loses nothing and is named in the log",
  };
}
