import schema from '../../../resources/schemas/kb_categories.json';
import {KB_ROLES} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class KbCategories extends ListStream {
  readonly name = 'kb_categories';
  readonly path = '/v1/kb/categories';
  override readonly isOptional = true;
  readonly roles = [KB_ROLES];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A category of the knowledge base; `langs` has its title in each language. `kb_articles.categories` names those of an article.',
    documented: 'the list (old portal)',
    assumed:
      'its roles and attributes, as other clients have them, and that deleted categories may be missing from the list',
  };
}
