import schema from '../../../resources/schemas/sla_versions.json';
import type {Envelope, Resource} from '../../kustomer/envelope';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class SlaVersions extends ListStream {
  readonly name = 'sla_versions';
  readonly path = '/v1/slas';
  override readonly cursorField = undefined;
  readonly roles = [readRoles('sla', 'permission', 'user')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'What a service level promised at a time. Conversations name the version that they are under.',
    documented:
      'the roles, and that one service level comes with versions under `included` (API description)',
    assumed:
      'that `versions=all` adds those of each page to the list, as another client relies on; they have no time of change, so all are read each time',
    joins: {sla_id: 'slas'},
  };

  protected override listings(): readonly Readonly<Record<string, string>>[] {
    return [{versions: 'all'}];
  }

  protected override take({included}: Envelope<Resource>): readonly Resource[] {
    return included.filter(({type}) => type === 'sla_version');
  }
}
