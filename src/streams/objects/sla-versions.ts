import schema from '../../../resources/schemas/sla_versions.json';
import type {Envelope, Resource} from '../../kustomer/envelope';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

/**
 * The versions of all service levels, which come with them when they are asked for.
 *
 * Known: `versions=all` adds them under `included` (docs/kustomer-api.md, Lists). Assumed: that each page has those of its own service
 * levels. They have no time of change: the stream has no cursor, and is read whole each time.
 */
export class SlaVersions extends ListStream {
  readonly name = 'sla_versions';
  readonly path = '/v1/slas';
  override readonly cursorField = undefined;
  readonly schema: StreamSchema = schema;

  protected override listings(): readonly Readonly<Record<string, string>>[] {
    return [{versions: 'all'}];
  }

  protected override take({included}: Envelope<Resource>): readonly Resource[] {
    return included.filter(({type}) => type === 'sla_version');
  }
}
