import schema from '../../../resources/schemas/kb_articles.json';
import {KB_ROLES} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class KbArticles extends ListStream {
  readonly name = 'kb_articles';
  readonly path = '/v1/kb/articles';
  override readonly isOptional = true;
  readonly roles = [KB_ROLES];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'An article of the knowledge base. Its texts are in `lang_versions`, by language.',
    documented: 'the list of the knowledge base (old portal)',
    assumed:
      'its roles and attributes, as other clients have them, and that deleted articles may be missing from the list',
  };
}
