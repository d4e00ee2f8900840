import schema from '../../../resources/schemas/shortcut_categories.json';
import {SHORTCUT_ROLES} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class ShortcutCategories extends ListStream {
  readonly name = 'shortcut_categories';
  readonly path = '/v1/shortcuts/categories';
  override readonly isOptional = true;
  override readonly cursorField = undefined;
  readonly roles = [SHORTCUT_ROLES];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A group of shortcuts: their `parent`.',
    documented: 'the list and its roles (portal: api/settings-and-configurations)',
    assumed: 'that it may have no time of change: all are read each time',
  };
}
