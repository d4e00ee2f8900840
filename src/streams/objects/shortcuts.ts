import schema from '../../../resources/schemas/shortcuts.json';
import {SHORTCUT_ROLES} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Shortcuts extends ListStream {
  readonly name = 'shortcuts';
  readonly path = '/v1/shortcuts';
  readonly roles = [SHORTCUT_ROLES];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A prepared text, and what it changes when it is used.',
    documented: 'the list and its roles (portal: api/settings-and-configurations)',
    assumed: 'that deleted ones may be missing from it',
    joins: {parent: 'shortcut_categories'},
  };
}
