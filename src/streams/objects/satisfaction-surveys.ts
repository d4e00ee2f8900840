import schema from '../../../resources/schemas/satisfaction_surveys.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class SatisfactionSurveys extends ListStream {
  readonly name = 'satisfaction_surveys';
  readonly path = '/v1/satisfaction';
  override readonly isOptional = true;
  readonly roles = [readRoles('satisfaction', 'permission', 'user')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A satisfaction form, as customers get it. What they answered is in `conversations` (`satisfaction`, `satisfaction_level`).',
    documented: 'the list, its roles and attributes (API description)',
    assumed: 'that deleted forms may be missing from the list',
  };
}
