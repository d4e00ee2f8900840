import schema from '../../../resources/schemas/cards.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Cards extends ListStream {
  readonly name = 'cards';
  readonly path = '/v1/cards';
  override readonly isOptional = true;
  readonly roles = [readRoles('apps', 'permission', 'user', 'admin')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A web page that is shown beside customers, conversations, companies or custom objects, as it is installed.',
    documented: 'the list, its roles, and what a card is (portal: api/apps-platform)',
    assumed:
      'its attributes, as another connector has them, and that what is uninstalled is gone without a trace',
  };
}
